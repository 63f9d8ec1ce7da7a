/** Random points, limits and lines for property tests, small enough that everything happens often. */
import fc from 'fast-check';
import type { LineCost } from '../../contract.ts';
import { TABLES, type Range, type ReadLimits } from '../read.ts';
import type { Span } from '../stretches.ts';

export function spans(most: number, highest = 60): fc.Arbitrary<readonly Span[]> {
  const span = fc.record({
    table: fc.constantFrom(...TABLES),
    address: fc.nat({ max: highest }),
    count: fc.oneof(fc.constantFrom(1, 2), fc.integer({ min: 1, max: 8 })),
  });
  return fc.array(span, { maxLength: most }).map((all) => all.map((one, index) => ({ key: `p${index}`, ...one })));
}

export function holes(most: number, highest = 60): fc.Arbitrary<readonly Range[]> {
  const hole = fc.record({
    table: fc.constantFrom(...TABLES),
    from: fc.nat({ max: highest }),
    size: fc.integer({ min: 1, max: 4 }),
  });
  return fc
    .array(hole, { maxLength: most })
    .map((all) => all.map(({ table, from, size }) => ({ table, from, to: from + size - 1 })));
}

export const limits: fc.Arbitrary<ReadLimits> = fc.record({
  maxRegisters: fc.oneof(fc.integer({ min: 1, max: 30 }), fc.constant(125)),
  maxBits: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.constant(2000)),
  evenRegisters: fc.boolean(),
  noGaps: fc.boolean(),
  holes: holes(3),
});

/** Exact in binary, so that equal costs are equal however they are added up. */
export const cost: fc.Arbitrary<LineCost> = fc.record({
  byteMs: fc.constantFrom(0, 0.5, 1, 2),
  overheadMs: fc.constantFrom(0, 1, 5, 20, 60),
});
