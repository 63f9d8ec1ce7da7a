/** Chains and places that are right, in whatever order their lines stand. */
import { describe, expect, it } from 'vitest';
import { readRegistry } from './read-registry.ts';

function complaints(...rows: readonly string[]): string[] {
  const text = ['number,home,utility,device,point,installedAt,initial,removedAt,final,replaces', ...rows].join('\n');
  const { mistakes } = readRegistry({ meters: [{ file: 'm', text }], homes: null, protocolOf: () => 'modbus' });
  return mistakes.map(({ line, message }) => `${line} ${message}`);
}

const A = 'a,,gas,d,p,2020-01-01,0,2021-01-01,5,';
const B = 'b,,gas,d,p,2021-01-01,0,2022-01-01,5,a';
const C = 'c,,gas,d,p,2022-01-01,0,,,b';

describe('a chain', () => {
  it.each([[[A, B, C]], [[C, B, A]], [[B, C, A]]])('%j', (rows) => {
    expect(complaints(...rows)).toEqual([]);
  });

  it('may begin and end on one day', () => {
    expect(complaints(A, B.replace('2022-01-01', '2021-01-01'), C)).toEqual([]);
  });

  it('in a ring is told once, beside a chain that leads into it', () => {
    const ring = [A.replace(/$/, 'c'), B, C.replace(',,,b', ',2023-01-01,5,b')];
    expect(complaints(...ring, 'x,,gas,,,2021-02-01,0,,,a')).toEqual(['2 3 meters replace each other in a ring: a → c → b → a']);
  }); // prettier-ignore

  it('that forks is told of each meter but the first', () => {
    const fork = (number: string): string => `${number},,gas,,,2022-01-01,0,,,b`;
    expect(complaints(A, B, fork('x'), fork('y'), fork('z'))).toEqual([
      '5 b was replaced by x (line 4) already',
      '6 b was replaced by x (line 4) already',
    ]);
  });
});

describe('a chain of heat meters', () => {
  it('counts in one unit, since each is billed in its own', () => {
    const text = [
      'number,home,utility,unit,installedAt,initial,removedAt,final,replaces',
      'a,,heat,,2020-01-01,0,2021-01-01,5,',
      'b,,heat,GJ,2021-01-01,0,,,a',
    ].join('\n');
    const { mistakes } = readRegistry({ meters: [{ file: 'm', text }], homes: null, protocolOf: () => 'modbus' });
    expect(mistakes).toMatchObject([
      { line: 3, message: 'it replaces a (line 2), which counts in kWh, and counts in GJ' },
    ]);
  });
});

describe('a place', () => {
  it('goes from one meter to another at one moment, without a chain', () => {
    expect(complaints(A, B.replace(/a$/, ''))).toEqual([]);
  });

  it('is not free while one who came before is still there, whoever came and went meanwhile', () => {
    const stays = ['x,,gas,d,p,2020-01-01,0,,,', 'y,,gas,d,p,2020-02-01,0,2020-03-01,1,', 'z,,gas,d,p,2020-04-01,0,,,'];
    expect(complaints(...stays)).toEqual([
      '3 p of device "d" is that of x (line 2), which is still there',
      '4 p of device "d" is that of x (line 2), which is still there',
    ]);
  });

  it('of one device is that of another point', () => {
    expect(complaints(C.replace(',b', ','), 'y,,gas,d,q,2020-02-01,0,,,')).toEqual([]);
  });
});
