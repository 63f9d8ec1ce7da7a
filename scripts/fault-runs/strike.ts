/** One blow: waits for a moment at which it is bad to be killed, kills, and starts again. */
import { setTimeout as delay } from 'node:timers/promises';
import { lastDistrust } from './consumer-lines.ts';
import { victimOf, type House } from './house.ts';
import { nextBlow, type Moment } from './moments.ts';
import type { Killable } from './processes/killable.ts';

const LOOK_MS = 5;
/** A moment that does not come is not waited for longer. */
const PATIENCE_MS = { soon: 3_000, inStep: 15_000 } as const;

/** Rejects when one of them had ended by itself. */
export async function strike(house: House): Promise<void> {
  const { random, victims } = house;
  const blow = nextBlow(random, [...victims.keys()]);
  const struck = blow.victims.map((name) => victimOf(house, name));
  await come(blow.moment, house, struck);
  await delay(blow.afterMs);
  await Promise.all(struck.map((victim) => victim.kill()));
  await delay(blow.downMs);
  for (const victim of struck) victim.start();
}

/** Resolves at the moment, or when it takes too long. */
async function come(moment: Moment, { people, guard, victims }: House, struck: readonly Killable[]): Promise<void> {
  if (moment === 'starting') return;
  await Promise.all(struck.map((victim) => victim.ready()));
  const distrust = (): string | null | undefined => lastDistrust(victims.get('consumer')?.saying ?? '');
  const [{ presses }, { asked }] = [people, guard];
  switch (moment) {
    case 'running':
      return;
    case 'pressed':
      return upTo(PATIENCE_MS.soon, () => people.presses > presses);
    case 'deciding':
      return upTo(PATIENCE_MS.soon, () => guard.asked > asked);
    case 'refreshing':
      return upTo(PATIENCE_MS.soon, () => distrust() === 'catchingUp');
    case 'inStep':
      return upTo(PATIENCE_MS.inStep, () => distrust() === null);
  }
}

async function upTo(ms: number, holds: () => boolean): Promise<void> {
  const end = performance.now() + ms;
  while (!holds() && performance.now() < end) await delay(LOOK_MS);
}
