import { describe, expect, it } from 'vitest';
import { EventChain } from './event-chain.ts';

function chain(...events: readonly (readonly [prevSeq: number, seq: number])[]) {
  const made = new EventChain();
  const taken = events.map(([prevSeq, seq]) => made.take({ prevSeq, seq }));
  return { made, taken };
}

describe('EventChain', () => {
  it('goes on with each event that follows the one before', () => {
    const { made, taken } = chain([0, 3], [3, 4], [4, 9]);
    expect([made.through, made.hasHole, taken]).toEqual([9, false, [true, true, true]]);
  });

  it('knows what it has had', () => {
    expect(chain([0, 3], [3, 4], [3, 4], [0, 3]).taken).toEqual([true, true, false, false]);
    expect(chain([3, 4], [3, 4]).taken).toEqual([true, false]);
  });

  it('has a hole until the missing one comes, however many have overtaken it', () => {
    const { made } = chain([0, 1], [4, 7], [2, 4], [7, 8]);
    expect([made.through, made.hasHole]).toEqual([1, true]);
    made.take({ prevSeq: 1, seq: 2 });
    expect([made.through, made.hasHole]).toEqual([8, false]);
  });

  it('goes on from what is known by other means', () => {
    const { made } = chain([0, 1], [4, 7], [9, 10]);
    made.atLeast(5);
    expect([made.through, made.hasHole]).toEqual([7, true]);
    made.atLeast(2);
    expect(made.through).toBe(7);
  });

  it('begins anew, even from an earlier place', () => {
    const { made } = chain([0, 50], [60, 61]);
    made.begin(20);
    expect([made.through, made.hasHole]).toEqual([20, false]);
    expect(made.take({ prevSeq: 20, seq: 21 })).toBe(true);
  });

  it('holds a bounded number of those that have overtaken others', () => {
    const { made } = chain();
    for (let seq = 2; seq < 10_005; seq += 1) made.take({ prevSeq: seq - 1, seq });
    expect(made.hasHole).toBe(true);
    made.atLeast(10_004);
    expect([made.through, made.hasHole]).toEqual([10_004, false]);
  });
});
