import { describe, expect, it } from 'vitest';
import { readTable } from './table.ts';
import { splitLine } from './table-line.ts';

describe('a line of a table', () => {
  it.each([
    ['a,b', ['a@1', 'b@3']],
    ['a,,b,', ['a@1', '@3', 'b@4', '@6']],
    [' a , b', ['a@1', 'b@5']],
    ['"a,b",c', ['a,b@1', 'c@7']],
    ['"a ""b""", "c"', ['a "b"@1', 'c@12']],
    ['"",x', ['@1', 'x@4']],
  ])('%j', (line, cells) => {
    const split = splitLine(line, ',');
    expect(split.ok && split.cells.map(({ text, column }) => `${text}@${column}`)).toEqual(cells);
  });

  it.each([
    ['a,"b', 3, 'unclosed'],
    ['"a""', 1, 'unclosed'],
    ['a,b"c', 4, 'inside'],
    ['"a"b,c', 4, 'inside'],
  ])('%j has a fault', (line, column, fault) => {
    expect(splitLine(line, ',')).toEqual({ ok: false, column, fault });
  });
});

const COLUMNS = { all: ['a', 'b', 'c'], required: ['a'] } as const;

function read(text: string) {
  const { rows, lacks, spots } = readTable(text, COLUMNS);
  return {
    rows: rows.map(({ line, cells }) => [line, ...[...cells].map(([name, { text: cell }]) => `${name}=${cell}`)]),
    lacks: [...lacks],
    said: spots.map(({ line, column, message }) => `${line}:${column} ${message}`),
  };
}

describe('a table', () => {
  it('gives each row with its line, over empty ones, and leaves empty cells out', () => {
    expect(read('b,a\n\n1,2\n,,\n ,3\n').rows).toEqual([[3, 'b=1', 'a=2'], [5, 'a=3']]);
  }); // prettier-ignore

  it('takes the names of columns in full-width letters too', () => {
    expect(read('ａ,ｂ\n1,2')).toEqual({ rows: [[2, 'a=1', 'b=2']], lacks: [], said: [] });
  });

  it('of a column that stands twice the first counts', () => {
    expect(read('a,b,a\n1,2,3')).toMatchObject({
      rows: [[2, 'a=1', 'b=2']],
      said: ['1:5 the column "a" stands twice'],
    });
  });

  it('reads on beside an unknown column, and without one that must be there', () => {
    expect(read('b,x\n1,2')).toEqual({
      rows: [[2, 'b=1']],
      lacks: ['a'],
      said: ['1:3 unknown column "x"', '1:1 the column "a" is missing'],
    });
  });

  it('may have columns without a name and with nothing in them, as spreadsheets leave them on the right', () => {
    expect(read('a,b,,\n1,2,,\n3,4,5,')).toMatchObject({ rows: [[2, 'a=1', 'b=2']], said: ['3:5 this cell stands under no column'] });
  }); // prettier-ignore

  it('has an end', () => {
    const { rows, said } = read(['a', ...Array.from({ length: 100_002 }, String)].join('\n'));
    expect([rows.length, said]).toEqual([100_000, ['100001:1 what follows is not read: a table has at most 100000 rows']]);
  }); // prettier-ignore
});
