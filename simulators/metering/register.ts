/** The register of a meter: what was on it when it was installed, what has passed, and where it rolls over. */
import { sum, type Drawn } from './drawn.ts';
import type { LocalMs } from './local-time.ts';
import { SupplySwitch } from './supply-switch.ts';

/** A register that is wrong all of a sudden: by `by` (usually negative) from `at` on. */
export interface Jump {
  readonly at: LocalMs;
  readonly by: number;
}

export interface RegisterOptions {
  readonly drawn: Drawn;
  /** By tariff, in the same whole unit as `drawn`. */
  readonly initial: readonly number[];
  /** It shows what is below this: 10^6 kWh are 10^9 Wh. */
  readonly modulus: number;
  readonly jumps?: readonly Jump[];
  /** From then on it stands still although something is drawn. */
  readonly stuckFrom?: LocalMs;
}

export interface Register {
  readonly supply: SupplySwitch;
  /** By tariff, as the meter shows them. */
  tariffs(local: LocalMs): readonly number[];
  /** As the meter shows it. */
  total(local: LocalMs): number;
  /** What has really passed since it was installed, whatever the register shows: what a bill should come to. */
  passed(local: LocalMs): number;
}

export function createRegister(options: RegisterOptions): Register {
  const { drawn, initial, modulus, jumps = [], stuckFrom = Infinity } = options;
  const supply = new SupplySwitch();
  const counted = (local: LocalMs): number[] => {
    const passed = supply.passed(drawn, Math.min(local, stuckFrom));
    const amounts = Array.from({ length: Math.max(passed.length, initial.length) }, (_, i) => {
      return (initial[i] ?? 0) + (passed[i] ?? 0);
    });
    const wrong = sum(jumps.filter(({ at }) => at <= local).map(({ by }) => by));
    amounts[0] = (amounts[0] ?? 0) + wrong;
    return amounts;
  };
  const within = (amount: number): number => ((amount % modulus) + modulus) % modulus;
  return {
    supply,
    tariffs: (local) => counted(local).map(within),
    total: (local) => within(sum(counted(local))),
    passed: (local) => sum(supply.passed(drawn, local)),
  };
}

/** Whole units with `decimals` shown of `of` that there are, cut off and not rounded: 1234567 Wh, 3, 2 → `1234.56`. */
export function dialText(amount: number, of: number, shown: number): string {
  const cut = Math.floor(amount / 10 ** (of - shown));
  const digits = String(cut).padStart(shown + 1, '0');
  return shown === 0 ? digits : `${digits.slice(0, -shown)}.${digits.slice(-shown)}`;
}
