import { describe, expect, it } from 'vitest';
import { formatSecondaryAddress } from './secondary-address.ts';
import { twinMasks } from './twins.ts';

const masks = (id: string, known: number): string[] => twinMasks(id, known).map(formatSecondaryAddress);

describe('twinMasks', () => {
  it('leaves open all unknown digits but one, which has more bits', () => {
    expect(masks('12345678', 5)).toEqual(['123457FFFFFFFFFF', '12345FF9FFFFFFFF']);
  });

  it('has nothing to ask where all digits are known, or have all bits', () => {
    expect(masks('12345678', 8)).toEqual([]);
    expect(masks('99999977', 0)).toEqual([]);
  });

  it('asks for every other digit where a 0 was heard', () => {
    expect(masks('12345670', 7)).toHaveLength(9);
  });
});
