/** Every contact edge that there was, so that a test can ask which of them the product has missed. */
import type { Clock } from '../clock.ts';
import type { SimulatedDevice } from '../wire/line-device.ts';

export interface LedgerEntry {
  readonly n: number;
  readonly device: string;
  readonly channel: number;
  readonly level: boolean;
  /** Unix milliseconds at which the contact moved. */
  readonly at: number;
}

export interface Ledger {
  /** Writes down every edge of the device's contacts from now on. */
  watch(device: SimulatedDevice): void;
  /** Entries after number `n`, oldest first. */
  since(n: number): readonly LedgerEntry[];
  /** How many of the oldest entries are gone. */
  readonly dropped: number;
}

const CAPACITY = 200_000;

export function createLedger(clock: Clock): Ledger {
  let entries: LedgerEntry[] = [];
  let n = 0;
  return {
    watch(device) {
      device.contacts?.onMoved(({ channel, level, at }) => {
        const movedAt = Math.round(clock.now() - (clock.monotonic() - at));
        entries.push({ n: ++n, device: device.id, channel, level, at: movedAt });
        if (entries.length > CAPACITY) entries = entries.slice(CAPACITY / 10);
      });
    },
    since: (after) => entries.filter((entry) => entry.n > after),
    get dropped() {
      return n - entries.length;
    },
  };
}
