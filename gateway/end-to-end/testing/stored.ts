/** What a database file holds, read from outside: by another build of SQLite than the one that wrote it. */
import { DatabaseSync } from 'node:sqlite';
import type { AlarmRow } from '../../store/rows.ts';

export interface StoredEvent {
  readonly seq: number;
  readonly domain: string;
  readonly type: string;
  readonly source: string;
  readonly at: number;
  readonly recordedAt: number;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface Stored {
  /** `ok`, or what is broken. */
  readonly integrity: string;
  readonly epoch: number;
  readonly events: readonly StoredEvent[];
  readonly alarms: readonly AlarmRow[];
  /** The seq of every row that has not left. */
  readonly outbox: readonly number[];
  readonly deadLetters: readonly number[];
  readonly gaps: readonly { readonly readings: number; readonly reason: string }[];
}

type Row = Readonly<Record<string, unknown>>;

/** Everything, as of one instant; the gateway may be running, or lie dead with its log unmerged. */
export function readStored(file: string): Stored {
  return query(file, (all) => ({
    integrity: all('PRAGMA integrity_check')
      .map((row) => String(row['integrity_check']))
      .join('; '),
    epoch: Number(all("SELECT value FROM meta WHERE key = 'epoch'")[0]?.['value']),
    events: all('SELECT * FROM events ORDER BY seq').map(toEvent),
    alarms: all('SELECT state FROM alarms ORDER BY alarm').map(({ state }) => JSON.parse(String(state)) as AlarmRow),
    outbox: all('SELECT seq FROM outbox ORDER BY seq').map(({ seq }) => Number(seq)),
    deadLetters: all('SELECT seq FROM dead_letters').map(({ seq }) => Number(seq)),
    gaps: all('SELECT readings, reason FROM gaps ORDER BY id').map(({ readings, reason }) => ({
      readings: Number(readings),
      reason: String(reason),
    })),
  }));
}

/** How many edges the stored pulses amount to, by channel. */
export function countPulses(events: readonly StoredEvent[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { domain, type, data } of events) {
    if (domain !== 'input' || type !== 'pulse') continue;
    const channel = Number(data['channel']);
    counts.set(channel, (counts.get(channel) ?? 0) + Number(data['count']));
  }
  return counts;
}

/** The current good numbers of a device, by point. */
export function readNumbers(file: string, device: string): Map<string, number> {
  const sql = `SELECT point, value FROM points WHERE device = '${device}' AND kind = 'number' AND quality = 'good'`;
  return query(file, (all) => new Map(all(sql).map(({ point, value }) => [String(point), Number(value)])));
}

function query<T>(file: string, read: (all: (sql: string) => Row[]) => T): T {
  const db = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  try {
    db.exec('BEGIN');
    return read((sql) => db.prepare(sql).all());
  } finally {
    db.close();
  }
}

function toEvent({ seq, domain, type, source, at, recorded_at: recordedAt, data }: Row): StoredEvent {
  return {
    seq: Number(seq),
    domain: String(domain),
    type: String(type),
    source: String(source),
    at: Number(at),
    recordedAt: Number(recordedAt),
    data: JSON.parse(String(data)) as Record<string, unknown>,
  };
}
