/** The register of a meter: what has passed it, in steps of its last digit, and what may be wrong with it. */
import type { LocalMs } from './local-time.ts';
import { usedBetween, type Usage } from './usage.ts';

/** A time in which nothing passes, or nothing is counted; `to` null: it lasts. */
export interface Interruption {
  readonly from: LocalMs;
  readonly to: LocalMs | null;
}

/** From `from` until `to` the register shows so many steps more than has passed; negative: it has jumped back. */
export interface Jump extends Interruption {
  readonly steps: bigint;
}

export interface Register {
  readonly usage: Usage;
  readonly installedAt: LocalMs;
  /** What it showed then, in steps. */
  readonly initial: bigint;
  /** Base units of the usage that make one step of the last digit. */
  readonly unitsPerStep: bigint;
  /** It rolls over after so many digits. */
  readonly digits: number;
  /** Times in which it does not count although something passes: a stuck dial. */
  readonly stuck?: readonly Interruption[];
  readonly jumps?: readonly Jump[];
}

/** What it shows at `at`, in steps, from 0 to 10^digits − 1. `closed`: when nothing could pass. */
export function registerAt(register: Register, at: LocalMs, closed: readonly Interruption[] = []): bigint {
  const modulus = 10n ** BigInt(register.digits);
  const { jumps = [] } = register;
  const jumped = jumps.filter(({ from, to }) => from <= at && (to === null || at < to));
  const shown = jumped.reduce((sum, { steps }) => sum + steps, register.initial + stepsAt(register, at, closed));
  return ((shown % modulus) + modulus) % modulus;
}

/** What passes in an hour at this moment, in base units: what the last minute has brought. */
export function passesPerHour({ usage }: Register, at: LocalMs, closed: readonly Interruption[] = []): bigint {
  const from = at - 60_000;
  return 60n * (usedBetween(usage, from, at) - usedDuring(usage, closed, from, at));
}

function stepsAt(register: Register, at: LocalMs, closed: readonly Interruption[]): bigint {
  const { usage, installedAt, stuck = [], unitsPerStep } = register;
  if (at <= installedAt) return 0n;
  const missed = usedDuring(usage, [...closed, ...stuck], installedAt, at);
  return (usedBetween(usage, installedAt, at) - missed) / unitsPerStep;
}

/** What the interruptions keep back between two times; where they overlap, once. */
function usedDuring(usage: Usage, interruptions: readonly Interruption[], from: LocalMs, to: LocalMs): bigint {
  let missed = 0n;
  let until = from;
  for (const each of interruptions.toSorted((a, b) => a.from - b.from)) {
    const begins = Math.max(each.from, until);
    const ends = Math.min(each.to ?? to, to);
    if (ends <= begins) continue;
    missed += usedBetween(usage, begins, ends);
    until = ends;
  }
  return missed;
}
