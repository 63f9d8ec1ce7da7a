import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterRefusal, afterSuccess } from './learn-reads.ts';
import { planReads } from './plan-reads.ts';
import { rangeOf, TABLES, type Range, type Read, type ReadLimits } from './read.ts';
import { NOTHING_KNOWN } from './read-knowledge.ts';
import type { Span } from './stretches.ts';
import * as any from './testing/arbitraries.ts';
import { deviceWith, learn, retry, type Poller, type Truth } from './testing/refusing-device.ts';

const LIMITS: ReadLimits = { maxRegisters: 125, maxBits: 2000, evenRegisters: false, noGaps: false, holes: [] };
const ETHERNET = { byteMs: 0, overheadMs: 5 };

function at(address: number, count = 1): Span {
  return { key: `p${address}x${count}`, table: 'holding', address, count };
}

function row(length: number, step = 1): readonly Span[] {
  return Array.from({ length }, (_, index) => at(index * step));
}

function pollerOf(...groups: readonly (readonly Span[])[]): Poller {
  return { groups, limits: LIMITS, cost: ETHERNET };
}

function holding(from: number, to = from): Range {
  return { table: 'holding', from, to };
}

function edgesOf(reads: readonly Read[] | undefined): readonly (readonly [number, number])[] {
  return (reads ?? []).map(rangeOf).map(({ from, to }) => [from, to]);
}

/** How often so many stretches can be halved. */
function levels(stretches: number): number {
  return Math.ceil(Math.log2(Math.max(1, stretches)));
}

/** A different order in each round, the same for the same seed. */
function shuffling(seed: number): (reads: readonly Read[]) => readonly Read[] {
  let state = seed;
  return (reads) =>
    reads
      .map((read) => ({ read, rank: (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) }))
      .sort((a, b) => a.rank - b.rank)
      .map(({ read }) => read);
}

function pollersOf(groups: number): fc.Arbitrary<Poller> {
  return fc.record({
    groups: fc.array(any.spans(20), { minLength: groups, maxLength: groups }),
    limits: any.limits,
    cost: any.cost,
    order: fc.integer().map(shuffling),
    replan: fc.constantFrom('at once' as const, 'next round' as const),
  });
}

/** The reads of somebody who was told the truth. What is unreadable has another reason there. */
function oracle({ groups, limits, cost }: Poller, truth: Truth): readonly (readonly Read[])[] {
  const { holes = [], seams = [], longest = Infinity } = truth;
  const told = {
    ...limits,
    maxRegisters: Math.min(limits.maxRegisters, longest),
    maxBits: Math.min(limits.maxBits, longest),
    holes: [...limits.holes, ...holes],
  };
  const known = seams.flatMap((seam) => TABLES.map((table) => ({ table, from: seam - 1, to: seam })));
  return groups.map((group) => planReads(group, told, cost, { ...NOTHING_KNOWN, seams: known }).reads);
}

const holes = any.holes(8);
const seams = fc.array(fc.integer({ min: 1, max: 60 }), { maxLength: 4 });
const longest = fc.integer({ min: 1, max: 40 });

describe('in the end', () => {
  test.each([
    ['the holes', fc.record({ holes })],
    ['the longest read', fc.record({ longest })],
    ['the seams', fc.record({ seams })],
    ['the holes, the seams and the longest read', fc.record({ holes, seams, longest })],
  ])('the plan is that of an oracle which was told %s', (_, truths: fc.Arbitrary<Truth>) => {
    fc.assert(
      fc.property(pollersOf(1), truths, (poller, truth) => {
        const { plans, knowledge } = learn(poller, deviceWith(truth));
        expect(plans.map(({ reads }) => reads)).toEqual(oracle(poller, truth));
        expect(knowledge.suspects).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test('poll classes that are planned apart and learn together have the plans of the oracle', () => {
    fc.assert(
      fc.property(pollersOf(3), fc.record({ holes, seams, longest }), (poller, truth) => {
        const { plans } = learn(poller, deviceWith(truth));
        expect(plans.map(({ reads }) => reads)).toEqual(oracle(poller, truth));
      }),
      { numRuns: 300 },
    );
  });

  test('what one set of points taught holds for the next, and for the first again', () => {
    fc.assert(
      fc.property(
        pollersOf(2),
        fc.record({ holes, seams }),
        ({ groups: [first = [], second = []], ...rest }, truth) => {
          const device = deviceWith(truth);
          const before = learn({ ...rest, groups: [first] }, device);
          const between = learn({ ...rest, groups: [second] }, device, before.knowledge);
          expect(between.plans.map(({ reads }) => reads)).toEqual(oracle({ ...rest, groups: [second] }, truth));
          const after = learn({ ...rest, groups: [first] }, device, between.knowledge);
          expect(after.refused).toEqual([]);
          expect(after.plans).toEqual(before.plans);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('a device that makes no sense is asked only for what it answers', () => {
    fc.assert(
      fc.property(pollersOf(2), fc.integer(), fc.integer({ min: 1, max: 9 }), (poller, seed, often) => {
        const answers = ({ address, count }: Read) => (Math.imul(address * 131 + count, seed | 1) >>> 8) % 10 >= often;
        const { plans } = learn(poller, answers);
        expect(plans.flatMap(({ reads }) => reads).every(answers)).toBe(true);
      }),
    );
  });
});

describe('how many refusals that takes', () => {
  test('one for the read and one for each halving, where one point of a row is missing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 125 }), fc.nat(), (length, where) => {
        const missing = where % length;
        const { refused, knowledge } = learn(pollerOf(row(length)), deviceWith({ holes: [holding(missing)] }));
        expect(knowledge.missing).toEqual([holding(missing)]);
        expect(refused.length).toBeLessThanOrEqual(1 + levels(length));
      }),
    );
  });

  test('one for the read, one for each halving and one to be sure, where one gap must not be read across', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 62 }), fc.nat(), (length, where) => {
        const gap = 1 + 2 * (where % (length - 1));
        const { refused, knowledge } = learn(pollerOf(row(length, 2)), deviceWith({ holes: [holding(gap)] }));
        expect(knowledge.seams.map(({ from, to }) => from < gap && gap < to)).toEqual([true]);
        expect(refused.length).toBeLessThanOrEqual(2 + levels(length));
      }),
    );
  });

  test('the read and the step in its middle, where that is the one', () => {
    const { refused } = learn(pollerOf(row(8, 2)), deviceWith({ holes: [holding(7)] }));
    expect(edgesOf(refused)).toEqual([[0, 14], [6, 8]]); // prettier-ignore
  });

  test('no more than that for each of many, twice the halvings where gaps and points are mixed', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 150 });
    const scattered = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 12 });
    fc.assert(
      fc.property(steps, scattered, fc.constantFrom('at once', 'next round'), (steps, bad, replan) => {
        const spans = steps.map((_, index) => at(steps.slice(0, index).reduce((sum, step) => sum + step, 0)));
        const device = deviceWith({ holes: bad.map((address) => holding(address)) });
        const { refused, knowledge } = learn({ ...pollerOf(spans), replan }, device);
        const found = knowledge.missing.length + knowledge.seams.length;
        expect(refused.length).toBeLessThanOrEqual(found * (2 + 2 * levels(Math.min(125, spans.length))));
      }),
    );
  });

  test('a device that refuses everything is asked fewer than twice for each point, and then no more', () => {
    const { refused, plans, knowledge } = learn(pollerOf(row(100)), () => false);
    expect(refused.length).toBe(199);
    expect(knowledge).toMatchObject({ seams: [], suspects: [], untried: [], lengths: {} });
    expect(plans[0]?.reads).toEqual([]);
    expect(plans[0]?.unreadable.map(({ reason }) => reason)).toEqual(Array.from({ length: 100 }, () => 'refused'));
  });
});

describe('what is told apart', () => {
  test('a missing point in a row: the others are read in two reads', () => {
    const { plans, knowledge } = learn(pollerOf(row(9)), deviceWith({ holes: [holding(4)] }));
    expect(edgesOf(plans[0]?.reads)).toEqual([[0, 3], [5, 8]]); // prettier-ignore
    expect(plans[0]?.unreadable.map(({ reason, read }) => [reason, read.keys])).toEqual([['refused', ['p4x1']]]);
    expect(knowledge).toMatchObject({ missing: [holding(4)], seams: [], suspects: [], untried: [] });
  });

  test('a gap that must not be read across, among gaps that may be', () => {
    const { plans, knowledge } = learn(pollerOf(row(9, 3)), deviceWith({ holes: [holding(13, 14)] }));
    expect(edgesOf(plans[0]?.reads)).toEqual([[0, 12], [15, 24]]); // prettier-ignore
    expect(knowledge).toMatchObject({ missing: [], seams: [holding(12, 15)], suspects: [] });
  });

  test('adjacent points that a device keeps in two blocks', () => {
    const { plans, knowledge } = learn(pollerOf(row(100)), deviceWith({ seams: [40] }));
    expect(edgesOf(plans[0]?.reads)).toEqual([[0, 39], [40, 99]]); // prettier-ignore
    expect(knowledge).toMatchObject({ missing: [], seams: [holding(39, 40)], lengths: { holding: { answered: 60 } } });
  });

  test('a meter that takes 50 registers where its manual says 80', () => {
    // Some Eastron meters answer 02 to more than 50: openWB/core pull request 2890.
    const spans = Array.from({ length: 80 }, (_, index) => at(index * 2, 2));
    const { plans, knowledge } = learn(pollerOf(spans), deviceWith({ longest: 50 }));
    expect(plans[0]?.reads.map(({ count }) => count)).toEqual([50, 50, 50, 10]);
    expect(knowledge).toMatchObject({ missing: [], seams: [], lengths: { holding: { answered: 50, refused: 52 } } });
  });

  test('a point that is longer than the device allows is missing, and the others are read as before', () => {
    const { plans } = learn(pollerOf([at(0, 10), at(10, 21), at(31, 10)]), deviceWith({ longest: 20 }));
    expect(edgesOf(plans[0]?.reads)).toEqual([[0, 9], [31, 40]]); // prettier-ignore
  });

  test('the same, where the limit has been learned before', () => {
    const learned = learn(pollerOf(row(60)), deviceWith({ longest: 20 }));
    const { plans } = learn(pollerOf(row(30), [at(100, 25)]), deviceWith({ longest: 20 }), learned.knowledge);
    expect(plans.map(({ reads }) => edgesOf(reads))).toEqual([[[0, 19], [20, 29]], []]); // prettier-ignore
  });

  test('a combination that nothing explains is kept apart, and costs the rest of the table nothing', () => {
    // Each of three points can be read, and so can each step from one to the next, and longer reads elsewhere.
    const answers = ({ address, count }: Read) => address >= 100 || count < 5;
    const odd = [at(0), at(2), at(4)];
    const block = row(90).map(({ address }) => at(200 + address));
    const expected = [[0, 2], [4, 4], [200, 289]]; // prettier-ignore
    expect(edgesOf(learn(pollerOf([...odd, ...block]), answers).plans[0]?.reads)).toEqual(expected);
    const { knowledge } = learn(pollerOf(block), answers);
    const more = [at(50), at(52), at(54), ...odd, ...block];
    expect(edgesOf(learn(pollerOf(more), answers, knowledge).plans[0]?.reads)).toEqual([
      [0, 2], [4, 4], [50, 52], [54, 54], [200, 289],
    ]); // prettier-ignore
  });

  test('a point that breaks while another is being looked for', () => {
    let asked = 0;
    const broken = [holding(1), holding(6)];
    const { plans, refused } = learn(pollerOf(row(8)), (read) =>
      deviceWith({ holes: broken.slice(++asked > 2 ? 0 : 1) })(read),
    );
    expect(edgesOf(plans[0]?.reads)).toEqual([[0, 0], [2, 5], [7, 7]]); // prettier-ignore
    expect(refused.length).toBeLessThanOrEqual(2 * (1 + levels(8)));
  });

  test('a single false refusal leaves nothing behind', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 60 }), fc.integer({ min: 1, max: 3 }), (length, step) => {
        let asked = 0;
        const { plans, knowledge } = learn(pollerOf(row(length, step)), () => ++asked > 1);
        expect(plans[0]?.reads).toEqual(planReads(row(length, step), LIMITS, ETHERNET).reads);
        expect(knowledge).toMatchObject({ missing: [], seams: [], suspects: [], untried: [] });
        expect(knowledge.lengths.holding?.refused).toBeUndefined();
      }),
    );
  });
});

describe('what a length is taken for', () => {
  const exhausted = { ...holding(0, 59), low: 40, high: 20 };
  const read = { table: 'holding', address: 0, count: 60, keys: [], stretches: 9 } as const;

  test('it takes two refusals that only the length explains, and the shorter one counts', () => {
    const once = afterRefusal({ ...NOTHING_KNOWN, suspects: [exhausted] }, read);
    expect(once).toMatchObject({ seams: [holding(0, 59)], lengths: { holding: { answered: 0, suspected: 60 } } });
    const other = { ...exhausted, from: 100, to: 169, low: 150, high: 120 };
    const again = afterRefusal({ ...once, suspects: [other] }, { ...read, address: 100, count: 70 });
    expect(again).toEqual({ ...NOTHING_KNOWN, lengths: { holding: { answered: 0, refused: 60 } } });
  });

  test('what was found in the other tables, or in shorter reads, stays', () => {
    const kept = {
      seams: [{ ...holding(200, 259), table: 'input' as const }, holding(300, 301)],
      suspects: [
        { ...exhausted, table: 'input' as const },
        { ...holding(400, 410), low: 399, high: 411 },
      ],
    };
    const known = { ...NOTHING_KNOWN, lengths: { holding: { answered: 40, refused: 80 } } };
    const next = afterRefusal({ ...known, ...kept, suspects: [...kept.suspects, exhausted] }, read);
    expect(next).toEqual({ ...known, ...kept, lengths: { holding: { answered: 40, refused: 60 } } });
  });

  test('a longer read that is refused teaches nothing more, and one that is answered disproves it', () => {
    const known = { ...NOTHING_KNOWN, lengths: { holding: { answered: 40, refused: 60, suspected: 55 } } };
    expect(afterRefusal(known, { ...read, count: 70 })).toBe(known);
    expect(afterSuccess(known, { ...read, count: 57 }).lengths).toEqual({ holding: { answered: 57, refused: 60 } });
    expect(afterSuccess(known, read).lengths).toEqual({ holding: { answered: 60 } });
  });
});

describe('what holds for other points', () => {
  const block = Array.from({ length: 40 }, (_, index) => at(100 + index));

  test('a step that is refused whatever the length', () => {
    const device = deviceWith({ holes: [holding(10)] });
    const before = learn(pollerOf(block), device);
    const { knowledge } = learn(pollerOf([at(0, 10), at(12, 10)]), device, before.knowledge);
    expect(knowledge.seams).toEqual([holding(9, 12)]);
    expect(learn(pollerOf([at(9), at(12)]), device, knowledge).refused).toEqual([]);
  });

  test('nothing about the step between two points that were too long together', () => {
    const device = deviceWith({ longest: 15 });
    const { knowledge } = learn(pollerOf([at(0, 10), at(10, 10)]), device);
    expect(edgesOf(planReads([at(9), at(10)], LIMITS, ETHERNET, knowledge).reads)).toEqual([[9, 10]]);
  });

  test('the narrowest of what is missing', () => {
    const { knowledge } = learn(pollerOf([at(0, 10)], [at(5)]), deviceWith({ holes: [holding(5)] }));
    expect(knowledge.missing).toEqual([holding(5)]);
  });

  test('an answer links up with what was answered before it, in its own table only', () => {
    const suspect = { ...holding(0, 9), low: 3, high: 10 };
    const read = { table: 'holding', address: 2, count: 5, keys: [], stretches: 2 } as const;
    const known = { ...NOTHING_KNOWN, suspects: [suspect] };
    expect(afterSuccess(known, read).suspects).toEqual([{ ...suspect, low: 6 }]);
    expect(afterSuccess(known, { ...read, address: 4 }).suspects).toEqual([suspect]);
    expect(afterSuccess(known, { ...read, table: 'input' }).suspects).toEqual([suspect]);
  });
});

describe('what is asked again', () => {
  test('a mended point joins the others again', () => {
    const poller = pollerOf(row(9));
    const { knowledge } = learn(poller, deviceWith({ holes: [holding(2), holding(4)] }));
    const mended = retry(poller, deviceWith({ holes: [holding(2)] }), knowledge);
    expect(edgesOf(planReads(row(9), LIMITS, ETHERNET, mended).reads)).toEqual([[0, 1], [3, 8]]); // prettier-ignore
  });

  test('a device that refused everything while it started has its plan back', () => {
    const poller = pollerOf(row(30));
    const { knowledge } = learn(poller, () => false);
    const mended = retry(poller, () => true, knowledge);
    expect(edgesOf(planReads(row(30), LIMITS, ETHERNET, mended).reads)).toEqual([[0, 29]]);
  });

  test('a point that is still missing teaches nothing', () => {
    const poller = pollerOf(row(9));
    const device = deviceWith({ holes: [holding(4)] });
    const { knowledge } = learn(poller, device);
    expect(retry(poller, device, knowledge)).toBe(knowledge);
  });

  test('an answer like the one before teaches nothing, and neither does a refusal of what is known to be refused', () => {
    const [read] = planReads(row(9), LIMITS, ETHERNET).reads;
    if (!read) throw new Error('no read was planned');
    const answered = afterSuccess(NOTHING_KNOWN, read);
    expect(afterSuccess(answered, read)).toBe(answered);
    const refused = afterRefusal(NOTHING_KNOWN, read);
    expect(afterRefusal(refused, read)).toBe(refused);
  });
});
