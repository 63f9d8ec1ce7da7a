import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../store/rows.ts';
import { newestSeq, oldestSeq, readForward, type Journal } from './journal.ts';

/** A journal in memory of the given seqs; every third event is of the domain `alarm`. */
function journalOf(seqs: readonly number[]): Journal {
  const rows: EventRow[] = seqs.map((seq) => ({
    ...{ seq, id: `g-1-${seq}`, epoch: 1, at: seq, recordedAt: seq, data: {} },
    ...{ domain: seq % 3 === 0 ? 'alarm' : 'lift', type: 'moved', source: 'lift-1' },
  }));
  return {
    list: ({ after, limit }) =>
      after === undefined ? rows.toReversed().slice(0, limit) : rows.filter(({ seq }) => seq > after).slice(0, limit),
  };
}
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, n) => from + n);
const read = (journal: Journal, query: Partial<Parameters<typeof readForward>[1]>) => {
  const page = readForward(journal, { after: 0, limit: 100, ...query });
  return page.ok ? { seqs: page.rows.map(({ seq }) => seq), next: page.next } : { oldest: page.oldest };
};

describe('reading forward', () => {
  it('gives what follows, and where to go on', () => {
    expect(read(journalOf(range(1, 9)), { after: 4, limit: 3 })).toEqual({ seqs: [5, 6, 7], next: 7 });
  });

  it('gives nothing, and the same place, at the end', () => {
    expect(read(journalOf(range(1, 9)), { after: 9 })).toEqual({ seqs: [], next: 9 });
    expect(read(journalOf([]), { after: 0 })).toEqual({ seqs: [], next: 0 });
  });

  it('leads past what the filter leaves out', () => {
    expect(read(journalOf(range(1, 11)), { domain: 'alarm' })).toEqual({ seqs: [3, 6, 9], next: 11 });
    expect(read(journalOf(range(1, 11)), { source: 'pump' })).toEqual({ seqs: [], next: 11 });
  });

  it('looks at a bounded number of events for one answer', () => {
    expect(read(journalOf(range(1, 6_000)), { source: 'pump' })).toEqual({ seqs: [], next: 5_000 });
  });
});

describe('a hole', () => {
  it('is an answer of its own, with where the events go on', () => {
    expect(read(journalOf(range(5, 9)), { after: 3 })).toEqual({ oldest: 5 });
    expect(read(journalOf(range(5, 9)), { after: 4, limit: 1 })).toEqual({ seqs: [5], next: 5 });
  });

  it('behind an old event that is still kept is found too', () => {
    // What has not left the box is never pruned, so the oldest event says nothing about those after it.
    expect(read(journalOf([2, ...range(50, 60)]), { after: 10 })).toEqual({ oldest: 50 });
  });

  it('ends a page before it, filtered or not', () => {
    const journal = journalOf([1, 2, 3, 8, 9]);
    expect(read(journal, {})).toEqual({ seqs: [1, 2, 3], next: 3 });
    expect(read(journal, { domain: 'alarm' })).toEqual({ seqs: [3], next: 3 });
    expect(read(journal, { after: 3 })).toEqual({ oldest: 8 });
  });

  it('is before a place that this journal never had', () => {
    expect(read(journalOf(range(1, 9)), { after: 10 })).toEqual({ oldest: 1 });
    expect(read(journalOf(range(1, 9)), { after: -1 })).toEqual({ oldest: 1 });
  });
});

it('knows its ends', () => {
  expect([oldestSeq(journalOf(range(5, 9))), newestSeq(journalOf(range(5, 9)))]).toEqual([5, 9]);
  expect([oldestSeq(journalOf([])), newestSeq(journalOf([]))]).toEqual([1, 0]);
});
