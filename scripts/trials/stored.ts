/** What the gateway has stored, looked at while it runs. */
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';

const ZONE = '+08:00';
const FROZEN = 1;
/** What failed is asked again after a minute; a meter that fails again after that is one with something wrong. */
const QUIET_MS = 90_000;
/** After so much longer whoever answers only now and then is waited for no more: a reading near the cut does for it. */
const PATIENCE_MS = 2 * QUIET_MS;
const LOOK_MS = 1_000;

/**
 * Resolves when all meters have been asked what they kept at `cut`, a local time, and for a while none has told it any more; with how many
 * told it.
 */
export async function untilAllKept(file: string, cut: string, askedEveryS: number): Promise<number> {
  const began = performance.now();
  let [kept, since] = [-1, began];
  const roundMs = askedEveryS * 1_000;
  const isOver = (now: number): boolean =>
    now - began >= roundMs + PATIENCE_MS || (now - began >= roundMs && now - since >= QUIET_MS);
  while (!isOver(performance.now())) {
    await delay(LOOK_MS);
    const now = keptAt(file, Date.parse(`${cut}${ZONE}`));
    if (now > kept) [kept, since] = [now, performance.now()];
  }
  return kept;
}

function keptAt(file: string, cut: number): number {
  return reading(file, (db) =>
    Number(db.prepare('SELECT count(*) FROM meter_readings WHERE quality = ? AND at = ?').pluck().get(FROZEN, cut)),
  );
}

export function storedIn(file: string): string {
  const rows = reading(file, (db) =>
    db.prepare<[], Stored>('SELECT quality, count(*) AS n FROM meter_readings GROUP BY quality').all(),
  );
  const of = (quality: number): number => rows.find((row) => row.quality === quality)?.n ?? 0;
  return `${of(0)} readings over the wire and ${of(FROZEN)} frozen ones are stored`;
}

interface Stored {
  readonly quality: number;
  readonly n: number;
}

function reading<T>(file: string, read: (db: Database.Database) => T): T {
  const db = new Database(file, { readonly: true });
  try {
    return read(db);
  } finally {
    db.close();
  }
}
