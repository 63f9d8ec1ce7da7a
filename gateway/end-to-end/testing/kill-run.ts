/**
 * A gateway that is killed again and again while people press buttons, a guard acknowledges and a consumer listens. The
 * module, the people and the consumer live on; the gateway is started again on the same files each time.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ledger } from '../../../simulators/devices/ledger.ts';
import { until } from '../../testing/programs.ts';
import { integerBetween, newChance, type Random } from './chance.ts';
import { Consumer } from './consumer.ts';
import { GatewayProcess } from './gateway-process.ts';
import { Guard } from './guard.ts';
import { liftButtons } from './lift-buttons.ts';
import type { Presses } from './presses.ts';
import { newSite, PREFIX } from './site.ts';
import { readStored, type Stored } from './stored.ts';

/** How long a condition may take to come true on a machine that has other work too. */
export const PATIENCE_MS = 120_000;

export interface KillPlan {
  readonly kills: number;
  /** Of the site file. */
  readonly broker: Readonly<Record<string, unknown>>;
  readonly brokerUrl: string;
  /** The consumer says what it has. */
  readonly commits?: boolean;
  /** Looks at what is left, before the next start. `subscribedAt`: since when the consumer had listened to this one. */
  readonly afterKill?: (store: Stored, subscribedAt: number | null) => void;
}

export interface KillRun {
  readonly consumer: Consumer;
  readonly guard: Guard;
  readonly ledger: Ledger;
  readonly file: string;
  /** The last gateway, still running; every press is in its store. */
  readonly gateway: GatewayProcess;
}

/** Plays it to the end of the pressing. */
export async function recordAndKill({ kills, broker, brokerUrl, commits, afterKill }: KillPlan): Promise<KillRun> {
  const random = newChance();
  const { presses, ledger, sketch, hasCounted } = await liftButtons(random);
  const site = newSite({ ...sketch(), broker });
  escalateSoon(site.folder);
  const file = site.storeFile;
  const consumer = new Consumer(brokerUrl, PREFIX);
  if (commits) consumer.commitWatermarks();
  const guard = new Guard(consumer, PREFIX, random);
  let gateway = new GatewayProcess(site.siteFile);
  await gateway.ready;
  // A counter's first value is where counting begins: what was pressed before it is stored, nobody promises.
  await until(() => hasCounted(file), 'every counter to be known', PATIENCE_MS);
  presses.start();
  for (let n = 1; n <= kills; n += 1) {
    await badMoment(gateway, consumer, presses, random);
    // The last kill falls on the last presses: what comes after it cannot hide what it broke.
    const letGo = n < kills ? null : presses.stop();
    if (letGo) guard.stop();
    const { subscribedAt } = consumer;
    await gateway.kill();
    await letGo;
    afterKill?.(readStored(file), subscribedAt);
    gateway = new GatewayProcess(site.siteFile);
  }
  await gateway.ready;
  await until(() => hasCounted(file), 'the last press to be counted', PATIENCE_MS);
  const isQuiet = (): boolean =>
    guard.isDone &&
    readStored(file).alarms.every(({ active, acked, escalation }) => !active && (acked || escalation > 0));
  await until(
    isQuiet,
    'the last button to be seen released, and what nobody acknowledged to have escalated',
    PATIENCE_MS,
  );
  return { consumer, guard, ledger, file, gateway };
}

/** Once, and so soon that it happens among the kills, and is over when what is left is looked at. */
function escalateSoon(folder: string): void {
  const file = join(folder, 'alarms.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/escalationS: \[.*\]/g, 'escalationS: [2]'));
}

/** Waits for a moment at which to be killed is bad: while it starts, in the middle, or right after something has happened. */
async function badMoment(gateway: GatewayProcess, consumer: Consumer, presses: Presses, random: Random): Promise<void> {
  const kind = random();
  if (kind < 0.15) return sleep(random() * 1_500);
  await gateway.ready;
  if (kind < 0.4) return sleep(random() * 1_200);
  if (kind < 0.7) return messages(consumer, integerBetween(random, 1, 60));
  const pressed = presses.count + integerBetween(random, 1, 10);
  await until(() => presses.count >= pressed, 'presses');
  await sleep(random() * 80);
}

/** Resolves upon the `count`th message from now. */
function messages(consumer: Consumer, count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    const end = consumer.onMessage(() => {
      left -= 1;
      if (left > 0) return;
      end();
      resolve();
    });
  });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
