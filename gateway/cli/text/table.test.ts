import { describe, expect, it } from 'vitest';
import { displayWidth } from './width.ts';
import { palette } from './palette.ts';
import { table } from './table.ts';

const columns = [{ title: 'point' }, { title: '名称' }, { title: 'value', align: 'right' as const }, { title: 'why' }];

describe('table', () => {
  it('aligns Chinese, numbers and what is longer than its title', () => {
    const rows = [
      ['voltageL1', '电压', '230.2', 'x'],
      ['pf', '功率因数', '1', 'y'],
    ];
    expect(table(columns, rows, palette(false))).toEqual([
      'point      名称      value  why',
      'voltageL1  电压      230.2  x',
      'pf         功率因数      1  y',
    ]);
  });

  it('leaves out a column that has nothing to show', () => {
    expect(table(columns, [['a', '', '1', '']], palette(false))).toEqual(['point  value', 'a          1']);
  });

  it('keeps its columns when it is coloured', () => {
    const { good } = palette(true);
    const plain = table(columns, [['a', '电压', '1', 'x']], palette(false));
    const coloured = table(columns, [[good('a'), '电压', '1', 'x']], palette(true));
    expect(coloured.map(displayWidth)).toEqual(plain.map(displayWidth));
  });
});
