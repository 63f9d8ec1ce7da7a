import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { planReads, readCostMs } from './plan-reads.ts';
import { TABLES, type Read, type ReadLimits } from './read.ts';
import { NOTHING_KNOWN } from './read-knowledge.ts';
import type { Span } from './stretches.ts';
import * as any from './testing/arbitraries.ts';
import { bestPlan, greedyPlan, judgeOf, wantedOf } from './testing/reference-plans.ts';

const LIMITS: ReadLimits = { maxRegisters: 125, maxBits: 2000, evenRegisters: false, noGaps: false, holes: [] };
/** 9600 baud, 8N1, and a device that takes 20 ms to answer. */
const SERIAL = { byteMs: 10 / 9.6, overheadMs: 30 };
const ETHERNET = { byteMs: 0, overheadMs: 5 };

function at(address: number, count = 1, table: Span['table'] = 'holding'): Span {
  return { key: `${table}${address}x${count}`, table, address, count };
}

function stretchesOf(reads: readonly Read[]): readonly (readonly [number, number])[] {
  return reads.map(({ address, count }) => [address, address + count - 1]);
}

describe('what every plan has', () => {
  const anything = [any.spans(25), any.limits, any.cost] as const;

  test('each point is in exactly one read, which covers it, or in exactly one unreadable entry', () => {
    fc.assert(
      fc.property(...anything, (spans, limits, cost) => {
        const plan = planReads(spans, limits, cost);
        const entries = [...plan.reads, ...plan.unreadable.map(({ read }) => read)];
        expect(entries.flatMap(({ keys }) => keys).sort()).toEqual(spans.map(({ key }) => key).sort());
        for (const span of spans) {
          const read = entries.find(({ keys }) => keys.includes(span.key));
          expect(read?.table).toBe(span.table);
          expect(read?.address).toBeLessThanOrEqual(span.address);
          expect((read?.address ?? 0) + (read?.count ?? 0)).toBeGreaterThanOrEqual(span.address + span.count);
        }
      }),
    );
  });

  test('no read is longer than the limit, odd where the device wants it even, on a hole or across a dear gap', () => {
    fc.assert(
      fc.property(...anything, (spans, limits, cost) => {
        for (const read of planReads(spans, limits, cost).reads) {
          const isLegal = judgeOf(wantedOf(spans, read.table, limits), read.table, limits, cost);
          expect(isLegal({ from: read.address, to: read.address + read.count - 1 })).toBe(true);
          if (!limits.evenRegisters || read.table === 'coil' || read.table === 'discrete') continue;
          expect([read.address % 2, read.count % 2]).toEqual([0, 0]);
        }
      }),
    );
  });

  test('a point is unreadable only if it is longer than the limit or touches a hole', () => {
    fc.assert(
      fc.property(...anything, (spans, limits, cost) => {
        const readable = spans.filter((span) => wantedOf([span], span.table, limits).length > 0);
        const keys = planReads(spans, limits, cost).reads.flatMap((read) => read.keys);
        expect(keys.sort()).toEqual(readable.map(({ key }) => key).sort());
      }),
    );
  });

  test('the order of the points changes nothing', () => {
    fc.assert(
      fc.property(...anything, fc.integer(), (spans, limits, cost, seed) => {
        const shuffled = spans.toSorted((a, b) => hash(a.key, seed) - hash(b.key, seed));
        const plan = planReads(spans, limits, cost);
        expect(stretchesOf(planReads(shuffled, limits, cost).reads)).toEqual(stretchesOf(plan.reads));
      }),
    );
  });
});

function hash(text: string, seed: number): number {
  return Array.from(text, (char) => char.charCodeAt(0)).reduce((sum, code) => Math.imul(sum ^ code, 0x01000193), seed);
}

describe('how good a plan is', () => {
  test('it never has more requests than the plain greedy merge, and at equal requests never more bytes', () => {
    fc.assert(
      fc.property(any.spans(60, 300), any.limits, any.cost, (spans, limits, cost) => {
        const { reads } = planReads(spans, limits, cost);
        for (const table of TABLES) {
          const wanted = wantedOf(spans, table, limits);
          const greedy = greedyPlan(wanted, judgeOf(wanted, table, limits, cost));
          const own = reads.filter((read) => read.table === table);
          const greedyMs = greedy.map(({ from, to }) =>
            readCostMs({ table, address: from, count: to - from + 1, keys: [], stretches: 1 }, cost),
          );
          expect(own.length).toBeLessThanOrEqual(greedy.length);
          expect(sum(own.map((read) => readCostMs(read, cost)))).toBeLessThanOrEqual(sum(greedyMs));
        }
      }),
    );
  });

  test('it is as good as the best of all groupings of the points, neighbours or not', () => {
    fc.assert(
      fc.property(any.spans(8, 40), fc.constantFrom(...TABLES), any.limits, any.cost, (all, table, limits, cost) => {
        const spans = all.map((span) => ({ ...span, table }));
        const wanted = wantedOf(spans, table, limits);
        const best = bestPlan(table, wanted, judgeOf(wanted, table, limits, cost));
        const { reads } = planReads(spans, limits, cost);
        const bestReads = best.map(({ from, to }) => ({ table, address: from, count: to - from + 1, keys: [], stretches: 1 })); // prettier-ignore
        // Several groupings may be equally good: what counts is that none is better.
        expect(reads).toHaveLength(best.length);
        expect(sum(reads.map((read) => readCostMs(read, cost)))).toBeCloseTo(sum(bestReads.map((read) => readCostMs(read, cost))), 9); // prettier-ignore
        expect(sum(reads.map(({ count }) => count))).toBeLessThanOrEqual(sum(bestReads.map(({ count }) => count)));
      }),
      { numRuns: 300 },
    );
  });

  test('ten thousand points are planned as greedily as it gets, and for fewer bytes', () => {
    const spans = Array.from({ length: 10_000 }, (_, index) =>
      at(index * 6 + (index % 7 === 0 ? 2 : 0), 1 + (index % 3)),
    );
    const wanted = wantedOf(spans, 'holding', LIMITS);
    const greedy = greedyPlan(wanted, judgeOf(wanted, 'holding', LIMITS, SERIAL));
    const { reads } = planReads(spans, LIMITS, SERIAL);
    expect(reads).toHaveLength(greedy.length);
    expect(sum(reads.map(({ count }) => count))).toBeLessThan(sum(greedy.map(({ from, to }) => to - from + 1)));
  });
});

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

describe('choices', () => {
  test('a request costs its line the overhead, both envelopes and the data', () => {
    const read = { table: 'input', address: 0, count: 2, keys: [], stretches: 1 } as const;
    // 01 04 00 00 00 02 71 CB and 01 04 04 and four bytes and the CRC.
    expect(readCostMs(read, { byteMs: 1, overheadMs: 100 })).toBe(100 + 8 + 9);
    expect(readCostMs({ ...read, table: 'coil', count: 9 }, { byteMs: 1, overheadMs: 100 })).toBe(100 + 8 + 7);
  });

  test('a gap is read across while that costs no more than a further request', () => {
    // A further request costs 7 + 13 bytes; so do ten registers, or 160 bits.
    const cost = { byteMs: 1, overheadMs: 7 };
    expect(stretchesOf(planReads([at(0), at(11)], LIMITS, cost).reads)).toEqual([[0, 11]]);
    expect(stretchesOf(planReads([at(0), at(12)], LIMITS, cost).reads)).toEqual([[0, 0], [12, 12]]); // prettier-ignore
    expect(stretchesOf(planReads([at(0, 1, 'coil'), at(161, 1, 'coil')], LIMITS, cost).reads)).toEqual([[0, 161]]);
    expect(planReads([at(0, 1, 'coil'), at(162, 1, 'coil')], LIMITS, cost).reads).toHaveLength(2);
  });

  test('a request is not spent to save bytes: two reads, although three would be cheaper', () => {
    const cost = { byteMs: 1, overheadMs: 7 };
    const limits = { ...LIMITS, maxRegisters: 21 };
    const { reads } = planReads([at(0, 2), at(11, 10), at(21, 10), at(40, 2)], limits, cost);
    expect(stretchesOf(reads)).toEqual([[0, 20], [21, 41]]); // prettier-ignore
    const three = [at(0, 2), at(11, 20), at(40, 2)].map((span) => ({ ...span, keys: [], stretches: 1 }));
    expect(sum(reads.map((read) => readCostMs(read, cost)))).toBe(124);
    expect(sum(three.map((read) => readCostMs(read, cost)))).toBe(108);
  });

  test('where a read must end somewhere, it ends before the widest gap rather than at the limit', () => {
    const limits = { ...LIMITS, maxRegisters: 20 };
    expect(stretchesOf(planReads([at(0, 10), at(18, 2), at(20, 10)], limits, SERIAL).reads)).toEqual([[0, 9], [18, 29]]); // prettier-ignore
  });

  test('where it makes no difference, the first reads are the longest', () => {
    const spans = Array.from({ length: 200 }, (_, address) => at(address));
    expect(stretchesOf(planReads(spans, LIMITS, ETHERNET).reads)).toEqual([[0, 124], [125, 199]]); // prettier-ignore
  });

  test('on Ethernet only the limit and the holes keep points apart', () => {
    const limits = { ...LIMITS, holes: [{ table: 'holding', from: 60, to: 60 }] as const };
    const spans = [at(0), at(59), at(61), at(100), at(150), at(400)];
    expect(stretchesOf(planReads(spans, limits, ETHERNET).reads)).toEqual([[0, 59], [61, 150], [400, 400]]); // prettier-ignore
  });

  test('an Eastron meter is asked for even starts and counts only', () => {
    const limits = { ...LIMITS, maxRegisters: 80, evenRegisters: true };
    // Voltage and current of three phases, total energy, and half of a value by mistake.
    const spans = [0x00, 0x02, 0x04, 0x06, 0x08, 0x0a, 0x156].map((address) => at(address, 2, 'input'));
    const { reads } = planReads([...spans, at(0x49, 1, 'input')], limits, SERIAL);
    expect(stretchesOf(reads)).toEqual([[0x00, 0x0b], [0x48, 0x49], [0x156, 0x157]]); // prettier-ignore
  });

  test('bit fields of one register, and what lies within a string, ask for nothing of their own', () => {
    const spans = [
      { key: 'fault', table: 'holding', address: 3, count: 1 },
      { key: 'running', table: 'holding', address: 3, count: 1 },
      { key: 'name', table: 'holding', address: 3, count: 8 },
    ] as const;
    expect(planReads(spans, LIMITS, SERIAL).reads).toEqual([
      { table: 'holding', address: 3, count: 8, keys: ['name', 'fault', 'running'], stretches: 1 },
    ]);
  });

  test('what lies within an unreadable string is read by itself', () => {
    const limits = { ...LIMITS, holes: [{ table: 'holding', from: 9, to: 9 }] as const };
    const plan = planReads([at(3, 8), at(4), at(5)], limits, SERIAL);
    expect(stretchesOf(plan.reads)).toEqual([[4, 5]]);
    expect(plan.unreadable.map(({ reason, read }) => [reason, read.keys])).toEqual([['hole', ['holding3x8']]]);
  });

  test('a point longer than a read may be is unreadable, and says so', () => {
    const plan = planReads([at(0, 13), at(13)], { ...LIMITS, maxRegisters: 12 }, SERIAL);
    expect(stretchesOf(plan.reads)).toEqual([[13, 13]]);
    expect(plan.unreadable.map(({ reason, read }) => [reason, read.count])).toEqual([['length', 13]]);
  });

  test('a point at the last address is read', () => {
    expect(stretchesOf(planReads([at(65_535)], { ...LIMITS, evenRegisters: true }, SERIAL).reads)).toEqual([
      [65_534, 65_535],
    ]);
  });

  test('a learned length is approached from both sides, and nothing is kept shorter than it has to be', () => {
    const known = { ...NOTHING_KNOWN, lengths: { holding: { answered: 26, refused: 39 } } };
    const plan = (...spans: Span[]) => stretchesOf(planReads(spans, LIMITS, ETHERNET, known).reads);
    // 33 is the middle. 34 registers are too many at once while 30 teach something.
    expect(plan(at(0, 15), at(15, 15), at(33))).toEqual([[0, 29], [33, 33]]); // prettier-ignore
    expect(plan(at(0), at(33), at(200))).toEqual([[0, 33], [200, 200]]); // prettier-ignore
    expect(plan(at(0), at(38))).toEqual([[0, 0], [38, 38]]); // prettier-ignore
    expect(plan(at(0, 60))).toEqual([[0, 59]]);
  });
});
