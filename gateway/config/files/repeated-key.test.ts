import fc from 'fast-check';
import { expect, it } from 'vitest';
import { repeatedKey } from './repeated-key.ts';

it.each([
  ['{"a":1,"b":2,"a":3}', 'a'],
  ['{"a":{"x":1,"x":1},"b":2}', 'x'],
  ['[{"a":1},{"value":1, "value":2}]', 'value'],
  [String.raw`{"a\"b":1,"a\"b":2}`, 'a"b'],
  [String.raw`{"a":1,"\u0061":2}`, 'a'],
  ['{"a":{"b":1},"b":{"a":1}}', null],
  ['[1,1]', null],
  ['"a"', null],
])('%s: %j', (text, key) => {
  expect(repeatedKey(text)).toBe(key);
});

it('finds none in what was written from an object', () => {
  fc.assert(fc.property(fc.json(), (text) => repeatedKey(text) === null));
});
