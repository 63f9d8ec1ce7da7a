/** Reads events forward so that nothing is ever skipped unsaid: a hole in the sequence is an answer of its own. */
import type { EventRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

export type Journal = Pick<Store['events'], 'list'>;

export interface ForwardQuery {
  /** Exclusive. */
  readonly after: number;
  readonly domain?: string | undefined;
  readonly source?: string | undefined;
  readonly limit: number;
}

export type Forward =
  /** `next`: the `after` of the following page. Everything up to it was looked at. */
  | { readonly ok: true; readonly rows: readonly EventRow[]; readonly next: number }
  /** What follows `after` is no longer here, or not yet; `oldest` is the first event that is. */
  | { readonly ok: false; readonly why: 'expired' | 'ahead'; readonly oldest: number };

/** So many rows are looked at for one answer, whatever the filter lets through: a request must not hold the gateway. */
const MOST_LOOKED_AT = 5_000;
const PAGE = 500;

/** The newest seq; 0 before the first. */
export function newestSeq(journal: Journal): number {
  return journal.list({ limit: 1 })[0]?.seq ?? 0;
}

/** The oldest seq that is kept; 1 before the first. */
export function oldestSeq(journal: Journal): number {
  return journal.list({ after: 0, limit: 1 })[0]?.seq ?? 1;
}

/** A page ends before a hole, so that the page after it says so. */
export function readForward(journal: Journal, { after, domain, source, limit }: ForwardQuery): Forward {
  if (after > newestSeq(journal)) return { ok: false, why: 'ahead', oldest: oldestSeq(journal) };
  const rows: EventRow[] = [];
  let next = after;
  const filtered = domain !== undefined || source !== undefined;
  for (const row of following(journal, after, filtered ? PAGE : Math.min(limit, PAGE))) {
    if (row.seq !== next + 1) {
      if (next === after) return { ok: false, why: 'expired', oldest: row.seq };
      break;
    }
    next = row.seq;
    if ((domain ?? row.domain) === row.domain && (source ?? row.source) === row.source) rows.push(row);
    if (rows.length === limit) break;
  }
  return { ok: true, rows, next };
}

/** The rows after `after`, read page by page as they are taken. */
function* following(journal: Journal, after: number, pageSize: number): Generator<EventRow> {
  let from = after;
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += pageSize) {
    const page = journal.list({ after: from, limit: pageSize });
    yield* page;
    const last = page.at(-1);
    if (page.length < pageSize || !last) return;
    from = last.seq;
  }
}
