import { describe, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { createRandom } from '../random.ts';
import { bytes } from '../testing/hex.ts';
import { collide } from './collide.ts';

const BYTE_MS = 4;

/** What is on the wire, as `at:bytes`, of `[at, bytes]` each. */
function onWire(...sent: readonly (readonly [at: number, spaced: string])[]): string[] {
  const all = sent.map(([at, spaced]) => ({ at, bytes: bytes(spaced) }));
  return collide(all, BYTE_MS, createRandom(1)).map((each) => `${each.at}:${hex(each.bytes)}`);
}

describe('collide', () => {
  it('leaves alone what comes one after the other, in its order', () => {
    expect(onWire([20, '03 04'], [0, '01 02'])).toEqual(['0:0102', '20:0304']);
    expect(onWire([0, '01 02'], [8, '03'])).toEqual(['0:0102', '8:03']);
  });

  it('equal bytes at the same time are those bytes', () => {
    expect(onWire([5, 'E5'], [5, 'E5'], [5, 'E5'])).toEqual(['5:e5']);
  });

  it('where bytes start together every 0 wins, and the longer one goes on', () => {
    expect(onWire([0, 'F0 3C 55'], [0, '0F 3F'])).toEqual(['0:003c55']);
    expect(onWire([0, 'F0 3C'], [4, 'C3 01'])).toEqual(['0:f00001']);
  });

  it('shifted by a part of a byte it is neither of the two', () => {
    const [only = '', ...others] = onWire([0, 'FF FF FF FF FF FF'], [2, 'FF FF FF FF FF FF']);
    expect(others).toEqual([]);
    expect(only).toMatch(/^0:[0-9a-f]{14,16}$/);
    expect(only).not.toContain('ffffffffff');
  });
});
