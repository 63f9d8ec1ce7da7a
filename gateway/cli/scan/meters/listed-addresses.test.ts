import { describe, expect, it } from 'vitest';
import { listedAddresses } from './listed-addresses.ts';

describe('listedAddresses', () => {
  it('takes the addresses of CJ/T 188 out of a table of meters', () => {
    const table = [
      'number,utility,bus,address,profile',
      'w-1,coldWater,meters-2,00201510270588,cjt188-cold-water',
      'e-1,electricity,meters-2,330524000001,dlt645-single-phase',
      'w-2,coldWater,meters-2,"0020-1510270577",cjt188-cold-water',
      'w-3,coldWater,,,',
    ].join('\r\n');
    expect(listedAddresses(table)).toEqual(['00201510270588', '00201510270577']);
  });

  it('takes numbers, one a line, each once', () => {
    expect(listedAddresses('00201510270588\n\n 00201510270577 \n00201510270588\n')).toEqual([
      '00201510270588',
      '00201510270577',
    ]);
  });

  it.each([
    ['330524000001', 'has 12 digits'],
    ['2.0151E+11', 'a spreadsheet makes of a long number'],
    ['', 'has no CJ/T 188 address'],
    ['number,address\ne-1,330524000001', 'has no CJ/T 188 address'],
  ])('refuses %j', (text, words) => {
    expect(() => listedAddresses(text)).toThrow(words);
  });
});
