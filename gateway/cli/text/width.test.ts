import { describe, expect, it } from 'vitest';
import { displayWidth, pad } from './width.ts';

describe('displayWidth', () => {
  it.each([
    ['', 0],
    ['unit 7', 6],
    ['轿厢报警', 8],
    ['3号楼2号电梯', 12],
    ['（18层）', 8],
    ['m³ · °C – 24', 12],
    ['e\u0301', 1],
    ['\u001b[31mred\u001b[39m', 3],
  ])('of %j is %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('pad', () => {
  it('fills up by columns, not by characters', () => {
    expect(pad('电压', 6)).toBe('电压  ');
    expect(pad('电压', 6, 'right')).toBe('  电压');
  });

  it('leaves alone what is wider', () => {
    expect(pad('frequency', 4)).toBe('frequency');
  });
});
