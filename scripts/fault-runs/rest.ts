/** Brings a house to rest: nobody is dead, every contact is open, all that happened is stored, told and known. */
import { isDeepStrictEqual } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { shownMirror, wantedMirror } from '../../gateway/end-to-end/testing/states.ts';
import { readNumbers, readStored, type Stored } from '../../gateway/end-to-end/testing/stored.ts';
import { until } from '../../gateway/testing/programs.ts';
import { consumerLines, lastDistrust, type Mirror } from './consumer-lines.ts';
import { startAll, victimOf, type House } from './house.ts';
import type { Evidence } from './judge/judge.ts';

/** How long a condition may take to come true on a machine that has other work too. */
const PATIENCE_MS = 120_000;
const LOOK_MS = 500;

/** Lets people press and the guard decide, once every counter is known: counting begins with a counter's first value. */
export async function begin({ modules, site, people, guard }: House): Promise<void> {
  await untilCounted(modules, site.storeFile);
  people.start();
  guard.start();
}

/** Rejects where something ends by itself, or does not come to rest. */
export async function comeToRest(house: House): Promise<void> {
  const { people, guard, modules, site } = house;
  await people.stop();
  await startAll(house);
  await untilCounted(modules, site.storeFile);
  // However short the run: one decision at least is accepted, and a consumer that is in step is told of it.
  const { length } = guard.accepted;
  await look(() => lastDistrust(victimOf(house, 'consumer').saying) === null);
  await look(() => guard.accepted.length > length);
  await guard.stop();
  const isQuiet = ({ alarms, outbox }: Stored): boolean => outbox.length === 0 && alarms.every(({ active }) => !active);
  await look(() => isQuiet(readStored(site.storeFile)));
}

/** Of a house at rest. Waits for the mirror as long as a consumer may take to find out that it is wrong. */
export async function gather({ modules, site, guard, victims }: House): Promise<Evidence> {
  const consumer = victimOf({ victims }, 'consumer');
  let evidence = { stored: readStored(site.storeFile), mirror: null as Mirror | null };
  await look(async () => {
    const before = consumer.saying.lastIndexOf('\n') + 1;
    consumer.signal('SIGUSR1');
    const mirror = await until(
      () => consumerLines(consumer.saying.slice(before)).find((line) => line.kind === 'mirror'),
      'the mirror',
    );
    const stored = readStored(site.storeFile);
    evidence = { stored, mirror };
    return isDeepStrictEqual(shownMirror(mirror, stored), wantedMirror(stored));
  });
  const closings = Map.groupBy(
    modules.ledger().filter(({ level }) => level),
    ({ device, channel }) => `${device}/${channel}`,
  );
  return {
    ...evidence,
    contacts: modules.contacts.map(({ device, channel, alarm }) => {
      return { device, channel, alarm, closings: closings.get(`${device}/${channel}`)?.length ?? 0 };
    }),
    accepted: [...guard.accepted],
    lives: consumer.said.map(consumerLines),
  };
}

async function untilCounted({ contacts, counted }: House['modules'], file: string): Promise<void> {
  const devices = [...new Set(contacts.map(({ device }) => device))];
  await look(() =>
    devices.every((device) => {
      const known = readNumbers(file, device);
      return counted(device).every((count, n) => known.get(`di${n}Count`) === count);
    }),
  );
}

/** Resolves when it holds, or after a long time: what is not so then is for the judge to see. */
async function look(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!(await holds()) && performance.now() < end) await delay(LOOK_MS);
}
