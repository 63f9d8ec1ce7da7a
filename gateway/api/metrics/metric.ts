/** A metric as data: what it is called, and how it is read from one snapshot of the gateway. */
import type { BusBudget } from '../../config/budget.ts';
import type { BusStatistics } from '../../statistics.ts';
import type { Health } from '../deps.ts';
import type { AlarmRow, DeviceRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

/** Everything that one scrape tells, read once. */
export interface Snapshot {
  readonly version: string;
  readonly buses: readonly BusStatistics[];
  readonly budgets: readonly BusBudget[];
  /** Those that are configured. */
  readonly devices: readonly Pick<DeviceRow, 'device' | 'state'>[];
  readonly alarms: readonly AlarmRow[];
  /** When the flood of alarms began that is on; null where there is none. */
  readonly floodSince: number | null;
  readonly health: Health;
  readonly store: ReturnType<Store['size']>;
  readonly outbox: ReturnType<Store['outbox']['waiting']>;
  readonly deadLetters: number;
  readonly newestSeq: number;
}

export type Labels = Readonly<Record<string, string>>;
export type Sample = readonly [labels: Labels, value: number];

/** Names are those of the Prometheus conventions: base units, `_total` for what only grows. */
export interface Metric {
  readonly kind: 'gauge' | 'counter' | 'summary';
  readonly name: `gatehouse_${string}`;
  readonly help: string;
  readonly read: (snapshot: Snapshot) => readonly Sample[];
}

type Name = Metric['name'];

export function gauge(name: Name, help: string, read: Metric['read']): Metric {
  return { kind: 'gauge', name, help, read };
}

export function counter(name: Name & `${string}_total`, help: string, read: Metric['read']): Metric {
  return { kind: 'counter', name, help, read };
}

/** Samples with the label `quantile`, which Prometheus keeps for summaries. */
export function summary(name: Name, help: string, read: Metric['read']): Metric {
  return { kind: 'summary', name, help, read };
}

/** One sample without labels. */
export function single(value: number): readonly Sample[] {
  return [[{}, value]];
}

/** One sample for each entry of a record, under `label`. */
export function entries(record: Readonly<Record<string, number>>, label: string, also: Labels = {}): Sample[] {
  return Object.entries(record).map(([key, value]) => [{ ...also, [label]: key }, value]);
}
