import { InvalidArgumentError } from 'commander';
import { describe, expect, it } from 'vitest';
import { numberRanges, oneOfEach, wholeNumber } from './numbers.ts';

describe('wholeNumber', () => {
  const parse = wholeNumber(0, 65_535);

  it('takes decimal and hexadecimal', () => {
    expect([parse('0'), parse('8192'), parse('0x2000'), parse('0xffff')]).toEqual([0, 8192, 8192, 65_535]);
  });

  it.each(['', '-1', '1.5', '1e3', '65536', '0x', '0x10000', 'ten', ' 1'])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
  });
});

describe('numberRanges', () => {
  const parse = numberRanges(1, 247);

  it('takes numbers and ranges, each number once', () => {
    expect(parse('1-3,17,2')).toEqual([1, 2, 3, 17]);
    expect(parse('9')).toEqual([9]);
  });

  it.each(['', '3-1', '1-2-3', '0-5', '5-', '-5', '1;2', '240-250'])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError);
  });
});

describe('oneOfEach', () => {
  it('takes a list of what there is, in any case', () => {
    expect(oneOfEach([9600, 2400])('2400,9600')).toEqual([2400, 9600]);
    expect(oneOfEach(['8N1', '8E1'])('8n1, 8E1')).toEqual(['8N1', '8E1']);
  });

  it('names the choices to whoever asks for another', () => {
    expect(() => oneOfEach(['8N1', '8E1'])('8X1')).toThrow('8N1, 8E1');
  });
});
