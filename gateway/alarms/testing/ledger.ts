/** A store in memory for the engine's tests: takes observations, numbers alarm events, keeps the rows. */
import type { AlarmChange, AlarmRow, Observation } from '../../store/rows.ts';

export interface Ledger {
  readonly record: (observation: Observation) => void;
  readonly observations: readonly Observation[];
  /** Every stored row, as after a restart. */
  rows(): AlarmRow[];
  row(alarm: string): AlarmRow;
  /** Every recorded change in short, such as `raise lift-3-2--lift-carAlarm B`, since this was last asked. */
  news(): string[];
  /** `wait`: as on a full disk; what is recorded is stored when this is set to `store` again. */
  mode: 'store' | 'wait';
}

export function createLedger(): Ledger {
  const rows = new Map<string, AlarmRow>();
  const observations: Observation[] = [];
  let waiting: Observation[] = [];
  let told = 0;
  let seq = 100;
  let mode: Ledger['mode'] = 'store';

  const store = (observation: Observation): void => {
    const seqs = (observation.alarms ?? []).map(({ after }) => {
      seq += 1;
      rows.set(after.alarm, { ...after, rev: seq });
      return seq;
    });
    observation.stored?.(seqs);
  };
  const changes = (): AlarmChange[] => observations.flatMap(({ alarms = [] }) => alarms);

  return {
    observations,
    record(observation) {
      observations.push(observation);
      if (mode === 'wait') waiting.push(observation);
      else store(observation);
    },
    rows: () => [...rows.values()],
    row(alarm) {
      const row = rows.get(alarm);
      if (!row) throw new Error(`${alarm} is not in the ledger`);
      return row;
    },
    news() {
      const all = changes();
      const fresh = all.slice(told);
      told = all.length;
      return fresh.map(({ type, after }) => `${type} ${after.alarm} ${after.letter}`);
    },
    get mode() {
      return mode;
    },
    set mode(next) {
      mode = next;
      if (next !== 'store') return;
      const late = waiting;
      waiting = [];
      late.forEach(store);
    },
  };
}
