/** Where a text stops being JSON (RFC 8259). `JSON.parse` knows too, and does not always tell. */

export interface JsonFault {
  readonly offset: number;
  /** What could stand there. */
  readonly expected: string;
}

const BLANK = /[ \t\r\n]*/y;
const STRING = /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const OTHER_SCALAR = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

type Expectation = 'a value' | 'a value or ]' | 'a key in double quotes' | 'a key in double quotes or }' | ':' | 'more';

/** Null where `text` is JSON. */
export function jsonFault(text: string): JsonFault | null {
  const open: ('}' | ']')[] = [];
  let expected: Expectation = 'a value';
  let offset = matchAt(BLANK, text, 0);
  for (;;) {
    if (expected === 'more' && open.length === 0) break;
    const character = text[offset];
    const closing = open.at(-1);
    const mayClose = expected === 'more' || expected.endsWith(closing ?? ' or');
    let next = offset + 1;
    if (character !== undefined && character === closing && mayClose) {
      open.pop();
      expected = 'more';
    } else if (expected === 'more' && character === ',') {
      expected = closing === '}' ? 'a key in double quotes' : 'a value';
    } else if (expected === ':' && character === ':') {
      expected = 'a value';
    } else if (expected.startsWith('a value') && character === '{') {
      open.push('}');
      expected = 'a key in double quotes or }';
    } else if (expected.startsWith('a value') && character === '[') {
      open.push(']');
      expected = 'a value or ]';
    } else {
      next = endOfScalar(text, offset, expected);
      if (next === offset) return { offset, expected: expected === 'more' ? `a comma or ${closing ?? ''}` : expected };
      expected = expected.startsWith('a key') ? ':' : 'more';
    }
    offset = matchAt(BLANK, text, next);
  }
  return offset < text.length ? { offset, expected: 'the end of the file' } : null;
}

/** Where the string, number or literal at `offset` ends; `offset` itself where none may stand there. */
function endOfScalar(text: string, offset: number, expected: Expectation): number {
  if (expected === 'more' || expected === ':') return offset;
  const end = matchAt(STRING, text, offset);
  return end === offset && expected.startsWith('a value') ? matchAt(OTHER_SCALAR, text, offset) : end;
}

function matchAt(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.test(text) ? pattern.lastIndex : offset;
}
