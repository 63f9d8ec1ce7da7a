import { describe, expect, it } from 'vitest';
import type { Block, Point, Profile } from '../../drivers/contract.ts';
import { sharedBlocks } from './shared-blocks.ts';

const point = (key: string) => ({ key, nameZh: '点' }) as Point;
const POINTS = [point('energy'), point('voltage')];
const profile = () => ({ id: 'meter', points: POINTS }) as unknown as Profile;
const block = (changed: Partial<Block> = {}): Block => {
  return { id: 'slow-1', poll: 'slow', points: [...POINTS], requestLength: 16, replyLength: 20, ...changed };
};

describe('the blocks of devices of one profile', () => {
  it('are the same ones where they are planned alike, in the order of the plan', () => {
    const own = profile();
    const first = sharedBlocks(own, [block(), block({ id: 'rare-2' })]);
    const second = sharedBlocks(own, [block({ id: 'rare-2' }), block()]);
    expect([...second.keys()]).toEqual(['rare-2', 'slow-1']);
    expect(second.get('slow-1')).toBe(first.get('slow-1'));
    expect(second.get('rare-2')).toBe(first.get('rare-2'));
  });

  it.each<[string, Partial<Block>]>([
    ['fewer points', { points: POINTS.slice(0, 1) }],
    ['other points of the same names', { points: POINTS.map(({ key }) => point(key)) }],
    ['another class', { poll: 'rare' }],
    ['another length', { replyLength: 21 }],
    ['more exchanges', { exchanges: 3 }],
  ])('are their own with %s', (_, changed) => {
    const own = profile();
    const first = sharedBlocks(own, [block()]);
    const second = sharedBlocks(own, [block(changed)]);
    expect(second.get('slow-1')).not.toBe(first.get('slow-1'));
    expect(second.get('slow-1')).toEqual(block(changed));
  });

  it('are not shared with those of another profile', () => {
    expect(sharedBlocks(profile(), [block()]).get('slow-1')).not.toBe(sharedBlocks(profile(), [block()]).get('slow-1'));
  });
});
