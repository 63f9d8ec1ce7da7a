/** Whom to kill next, and when. Pure but for the chance. */
import type { Random } from '../../simulators/random.ts';

export type Victim = 'gateway' | 'broker' | 'consumer';

export type Moment =
  /** Soon after whatever was done last: who was just started may not be ready. */
  | 'starting'
  /** In the middle of its work. */
  | 'running'
  /** Right after a button was pressed. */
  | 'pressed'
  /** Right after the guard has asked for something. */
  | 'deciding'
  /** While the consumer fetches what it has missed. */
  | 'refreshing'
  /** When all has come to the consumer. */
  | 'inStep';

export interface Blow {
  readonly victims: readonly Victim[];
  readonly moment: Moment;
  /** From the moment to the kill. */
  readonly afterMs: number;
  /** From the kill to the start. */
  readonly downMs: number;
}

/** Shares of 1. */
const MOMENTS: readonly (readonly [Moment, number])[] = [
  ['starting', 0.15],
  ['running', 0.25],
  ['pressed', 0.2],
  ['deciding', 0.15],
  ['refreshing', 0.15],
  ['inStep', 0.1],
];
const VICTIMS: readonly (readonly [readonly Victim[], number])[] = [
  [['gateway'], 0.45],
  [['broker'], 0.2],
  [['consumer'], 0.2],
  // As when the power goes.
  [['gateway', 'broker', 'consumer'], 0.15],
];
const AFTER_MS: Readonly<Record<Moment, number>> = {
  ...{ starting: 1_200, running: 1_000, pressed: 80, deciding: 30, refreshing: 60, inStep: 500 },
};
/** Most are started again at once. */
const DOWN_SHARE = 0.4;
const DOWN_MS = 800;

/** `present`: who can be killed at all; where the broker is the gateway's own, it dies with it. */
export function nextBlow(random: Random, present: readonly Victim[]): Blow {
  const chosen = weighted(random, VICTIMS).filter((victim) => present.includes(victim));
  const moment = weighted(random, MOMENTS);
  const afterMs = random() * AFTER_MS[moment];
  const downMs = random() < DOWN_SHARE ? random() * DOWN_MS : 0;
  return { victims: chosen.length > 0 ? chosen : ['gateway'], moment, afterMs, downMs };
}

function weighted<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let left = random();
  for (const [choice, share] of choices) {
    left -= share;
    if (left < 0) return choice;
  }
  const [last] = choices.at(-1) ?? [];
  if (last === undefined) throw new RangeError('nothing to choose from');
  return last;
}
