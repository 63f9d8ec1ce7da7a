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
  [String.raw`{"a":"\"b\":1,","b":["a:",{"a":1}]}`, null],
  ['{"__proto__":1,"__proto__":2}', '__proto__'],
  ['[1,1]', null],
  ['"a"', null],
])('%s: %j', (text, key) => {
  expect(repeatedKey(text)).toBe(key);
});

it('finds none in what was written from an object', () => {
  fc.assert(fc.property(fc.json(), (text) => repeatedKey(text) === null));
});

it('finds any key that is written once more', () => {
  const value = fc.constantFrom('1', '"}"', '":"', '[]', '[{"a":1},{"a":[1]}]', '{"b":{"a":1},"a":2}');
  const key = fc.string({ unit: 'binary', maxLength: 4 });
  const pairs = fc.uniqueArray(fc.tuple(key, value), { selector: ([text]) => text, minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(pairs, fc.nat(), (once, place) => {
      const again = once[place % once.length] ?? ['', ''];
      const text = [...once, again].map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(' , ');
      expect(repeatedKey(`{${text}}`)).toBe(again[0]);
    }),
  );
});

it('looks to the end of lists that lie in each other by the thousand', () => {
  const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
  expect(repeatedKey(`{"a":${deep},"a":1}`)).toBe('a');
});
