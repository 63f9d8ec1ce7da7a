/** The incoming mains of the community, with the genset controller and the main meter on it. */
import type { Hgm4000n } from '../devices/smartgen-hgm4000n.ts';
import type { Random } from '../random.ts';
import type { Process } from './process.ts';

export interface Supply extends Process {
  readonly genset: Hgm4000n;
  /** Whether the mains are there. */
  readonly present: boolean;
  /** Phase voltages in V; zeros in a failure. */
  readonly voltagesV: readonly [number, number, number];
  readonly frequencyHz: number;
  fail(): void;
  restore(): void;
}

const EVERY_MS = 1_000;

export function createSupply(genset: Hgm4000n, random: Random): Supply {
  let present = true;
  let voltagesV: [number, number, number] = [230, 231, 229];
  let frequencyHz = 50;
  let measuredAt = Number.NEGATIVE_INFINITY;

  const hover = (): void => {
    const wobble = (around: number, by: number): number => around + by * (2 * random() - 1);
    voltagesV = present ? [wobble(230, 1.5), wobble(231, 1.5), wobble(229, 1.5)] : [0, 0, 0];
    frequencyHz = present ? wobble(50, 0.03) : 0;
    genset.mains(voltagesV, frequencyHz);
  };
  const change = (next: boolean): void => {
    present = next;
    hover();
  };

  return {
    genset,
    get present() {
      return present;
    },
    get voltagesV() {
      return voltagesV;
    },
    get frequencyHz() {
      return frequencyHz;
    },
    fail: () => change(false),
    restore: () => change(true),
    advance(now) {
      if (now - measuredAt < EVERY_MS) return;
      measuredAt = now;
      hover();
    },
  };
}
