/** How a home stands: armed or not, and what it waits for. Plain data. */
import type { HomeRow } from '../store/rows.ts';
import type { ArmMode, GuardedHome } from './guarded-homes.ts';
import { UNSEEN, type Sight } from './zone-sight.ts';

export interface Delay {
  /** Monotonic milliseconds. */
  readonly due: number;
  /** It was under way when the gateway stopped, and has begun again. */
  readonly again: boolean;
}

export interface HomeState {
  readonly mode: ArmMode | 'disarmed';
  /** Who armed or disarmed it last, and when (Unix milliseconds); null: nobody yet. */
  readonly by: string | null;
  readonly at: number | null;
  /** Zones that do not count until it is disarmed. */
  readonly bypassed: readonly string[];
  readonly exit: Delay | null;
  /** `zones`: those that have tripped. */
  readonly entry: (Delay & { readonly zones: readonly string[] }) | null;
  /** What the keyswitch last said: true is armed; null before it was ever read. */
  readonly key: boolean | null;
  readonly zones: ReadonlyMap<string, Sight>;
  /** Those that have tripped and were an alarm, until they are closed again or the home is disarmed. */
  readonly alarming: ReadonlySet<string>;
}

/** What of it outlives the process. */
export function rowOf(home: string, { mode, by, at, bypassed, key, exit, entry }: HomeState): HomeRow {
  return {
    ...{ home, mode, by, at, bypassed, key },
    exit: exit && { again: exit.again },
    entry: entry && { again: entry.again, zones: entry.zones },
  };
}

const NEW: Omit<HomeRow, 'home'> = {
  ...{ mode: 'disarmed', by: null, at: null, bypassed: [], key: null },
  ...{ exit: null, entry: null },
};

/**
 * After a start. A delay runs again from the start, once: one that has done so already is over, so that restarts do not put
 * an alarm off for ever. `alarming`: zones that are an intrusion still. `now` is monotonic milliseconds.
 */
export function stateFrom(
  row: HomeRow | undefined,
  { entryMs, exitMs }: GuardedHome,
  alarming: HomeState['alarming'],
  now: number,
): HomeState {
  const { mode, by, at, bypassed, key, exit, entry } = row ?? NEW;
  return {
    ...{ mode, by, at, bypassed, key },
    exit: exit && !exit.again ? { due: now + exitMs, again: true } : null,
    entry: entry && { zones: entry.zones, due: entry.again ? now : now + entryMs, again: true },
    ...{ zones: new Map<string, Sight>(), alarming },
  };
}

export function sightOf({ zones }: HomeState, zone: string): Sight {
  return zones.get(zone) ?? UNSEEN;
}

/** Monotonic milliseconds at which time alone does something; null where it does nothing. */
export function dueOf({ exit, entry }: HomeState): number | null {
  if (exit && entry) return Math.min(exit.due, entry.due);
  return (exit ?? entry)?.due ?? null;
}
