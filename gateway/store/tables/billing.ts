/** Billing runs, their lines, and what was exported. What is closed is guarded by the database itself. */
import type { Db } from '../open.ts';
import type { BillingExportRow, BillingLineRow, BillingRunRow, CarriedRow, NewBillingLine } from '../rows.ts';

interface RunColumns {
  readonly id: string;
  readonly utility: string;
  readonly from_at: number;
  readonly revision: number;
  readonly registry: string | null;
  readonly closed: number;
  readonly run: string;
}

interface LineColumns {
  readonly run: string;
  readonly n: number;
  readonly chain: string;
  readonly home: string | null;
  readonly line: string;
}

export function writeBilling(db: Db) {
  const current = db.prepare('SELECT run FROM billing_runs WHERE id = ?').pluck();
  const save = db.prepare(
    `INSERT INTO billing_runs (id, utility, from_at, revision, registry, closed, run) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET from_at = excluded.from_at, registry = excluded.registry, closed = excluded.closed, run = excluded.run`,
  );
  const clear = db.prepare(
    'DELETE FROM billing_lines WHERE run = @run AND n < (SELECT min(n) FROM billing_lines WHERE run = @run) + @most',
  );
  const insert = db.prepare('INSERT INTO billing_lines (run, n, chain, home, line, carried) VALUES (?, ?, ?, ?, ?, ?)');
  const keep = db.prepare('INSERT INTO billing_exports (run, file, sha256, bytes) VALUES (?, ?, ?, ?)');

  return {
    /**
     * Within a transaction of the caller. False, and nothing written, where the run is no longer what `before` says: somebody else
     * has changed it. `before` null: it is new.
     */
    save({ id, utility, from, revision, registry, closed, run }: BillingRunRow, before: unknown): boolean {
      const stored = current.get(id) as string | undefined;
      if ((stored ?? null) !== (before === null ? null : JSON.stringify(before))) return false;
      save.run(id, utility, from, revision, registry, Number(closed), JSON.stringify(run));
      return true;
    },
    /** Takes away some of its lines; false once there are none. */
    clearLines: (run: string): boolean => clear.run({ run, most: LINES_PER_BITE }).changes > 0,
    appendLines(run: string, lines: readonly NewBillingLine[]): void {
      for (const { n, chain, home, line, carried } of lines) insert.run(run, n, chain, home, line, carried);
    },
    keepExport: (run: string, { file, sha256, bytes }: BillingExportRow): void =>
      void keep.run(run, file, sha256, bytes),
  };
}

const LINES_PER_BITE = 500;

export function readBilling(db: Db) {
  const one = db.prepare('SELECT * FROM billing_runs WHERE id = ?');
  const all = db.prepare('SELECT * FROM billing_runs ORDER BY from_at DESC, utility, revision');
  // Rows as arrays: there are a hundred thousand in a year, and an object for each takes as long as finding it.
  const carried = db.prepare('SELECT chain, carried FROM billing_lines WHERE run = ? AND carried IS NOT NULL').raw();
  const carriedOf = db
    .prepare('SELECT carried FROM billing_lines WHERE run = ? AND chain = ? AND carried IS NOT NULL')
    .pluck();
  const carriedBy = db.prepare('SELECT run, chain, carried FROM billing_lines WHERE chain = ? AND carried IS NOT NULL');
  const lines = db.prepare('SELECT * FROM billing_lines WHERE run = ? AND n > ? ORDER BY n LIMIT ?');
  const ofChain = db.prepare('SELECT * FROM billing_lines WHERE chain = ? AND run = ?');
  const count = db.prepare('SELECT count(*) FROM billing_lines WHERE run = ?').pluck();
  const kept = db.prepare('SELECT file, sha256, bytes FROM billing_exports WHERE run = ? AND file = ?');
  const files = db.prepare('SELECT file, sha256 FROM billing_exports WHERE run = ? ORDER BY file');
  return {
    run(id: string): BillingRunRow | undefined {
      const row = one.get(id) as RunColumns | undefined;
      return row && runOf(row);
    },
    /** Newest period first. */
    runs: (): BillingRunRow[] => (all.all() as RunColumns[]).map(runOf),
    /** As `runs`, without what `paths` name (such as `$.findings`): there may be thousands of these in each. */
    runsWithout(paths: readonly string[]): BillingRunRow[] {
      const marks = paths.map(() => ', ?').join('');
      const sql = `SELECT id, utility, from_at, revision, registry, closed, json_remove(run${marks}) AS run
        FROM billing_runs ORDER BY from_at DESC, utility, revision`;
      return (db.prepare(sql).all(...paths) as RunColumns[]).map(runOf);
    },
    /** What the lines of a run carry forward, one by one and in no order. */
    carried: (run: string) => carried.iterate(run) as IterableIterator<[chain: string, carried: string]>,
    /** The same of one line of it. */
    carriedOf: (run: string, chain: string) => carriedOf.get(run, chain) as string | undefined,
    /** The same of a chain, of all runs. */
    carriedOfChain: (chain: string): CarriedRow[] => carriedBy.all(chain) as CarriedRow[],
    /** In their order; `after`: exclusive, -1 from the beginning. */
    lines: (run: string, after: number, limit: number): BillingLineRow[] =>
      (lines.all(run, after, limit) as LineColumns[]).map(lineOf),
    lineOf(run: string, chain: string): BillingLineRow | undefined {
      const row = ofChain.get(chain, run) as LineColumns | undefined;
      return row && lineOf(row);
    },
    countLines: (run: string): number => count.get(run) as number,
    /** Undefined where it has not been exported. */
    exported: (run: string, file: string): BillingExportRow | undefined =>
      kept.get(run, file) as BillingExportRow | undefined,
    exports: (run: string): Omit<BillingExportRow, 'bytes'>[] => files.all(run) as Omit<BillingExportRow, 'bytes'>[],
  };
}

function runOf({ id, utility, from_at: from, revision, registry, closed, run }: RunColumns): BillingRunRow {
  return { id, utility, from, revision, registry, closed: closed === 1, run: JSON.parse(run) as unknown };
}

function lineOf({ n, chain, home, line }: LineColumns): BillingLineRow {
  return { n, chain, home, line: JSON.parse(line) as unknown };
}
