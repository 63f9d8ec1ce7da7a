import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJson, parseYaml } from './document.ts';
import { jsonFault } from './json-fault.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Texts that are JSON, nearly JSON, or made of its punctuation. */
const jsonish = fc.oneof(
  fc.json(),
  fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '\\', '-', '0', 'e', ' '))
    .map(([text, at, by]) => {
      const index = at % (text.length + 1);
      return text.slice(0, index) + by + text.slice(index + 1);
    }),
  fc
    .array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-0', '1e5', 'true', 'null', ' ', '\n', '\t'))
    .map((parts) => parts.join('')),
);

describe('jsonFault', () => {
  it('agrees with JSON.parse on what is JSON', () => {
    fc.assert(
      fc.property(jsonish, (text) => (jsonFault(text) === null) === isJson(text)),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['{"a": 1,}', 8, 'a key in double quotes'],
    ['{"a" 1}', 5, ':'],
    ['[1 2]', 3, 'a comma or ]'],
    ['[1,]', 3, 'a value'],
    ['[', 1, 'a value or ]'],
    ["{'a': 1}", 1, 'a key in double quotes or }'],
    ['{} x', 3, 'the end of the file'],
    ['01', 0, 'a value'],
    ['"a\nb"', 0, 'a value'],
    ['', 0, 'a value'],
  ])('%j: at %i should be %s', (text, offset, expected) => {
    expect(jsonFault(text)).toEqual({ offset, expected });
  });
});

describe('parseJson', () => {
  it('tells where each key stands', () => {
    const { locate } = parseJson('{\n  "a": [\n    { "b": 1 },\n    { "b": 2 }\n  ]\n}\n');
    expect(locate(['a'])).toEqual({ line: 2, column: 3 });
    expect(locate(['a', 1, 'b'])).toEqual({ line: 4, column: 7 });
  });

  it('gives what JSON.parse gives', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(parseJson(text).value).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('parseYaml', () => {
  it('tells where each key stands, also through an alias', () => {
    const { locate } = parseYaml('a: &x\n  b: 1\nc: *x\nd:\n  - e: 1\n    f: 2\n');
    expect(locate(['d', 0, 'f'])).toEqual({ line: 6, column: 5 });
    expect(locate(['c', 'b'])).toEqual({ line: 2, column: 3 });
  });

  it('tells the nearest place above where a key is missing', () => {
    const { locate } = parseYaml('a:\n  - b: 1\n');
    expect(locate(['a', 0, 'c', 'd'])).toEqual({ line: 2, column: 5 });
  });

  it('takes 8E1 for what it says, and 1.5 and 0x10 for numbers', () => {
    expect(parseYaml('a: 8E1\nb: 1.5\nc: 0x10').value).toEqual({ a: '8E1', b: 1.5, c: 16 });
  });

  it('never throws, and finds something to say where it gives no value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), jsonish), (text) => {
        const { value, spots, sound } = parseYaml(text);
        return value !== undefined || (!sound && spots.length > 0);
      }),
      { numRuns: 1000 },
    );
  });
});
