import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from './lines.ts';

async function linesIn(chunks: readonly (string | Uint8Array)[]): Promise<string[]> {
  const stream = (async function* () {
    yield* await Promise.resolve(chunks);
  })();
  const lines: string[] = [];
  for await (const some of linesOf(stream)) lines.push(...some);
  return lines;
}

describe('linesOf', () => {
  it.each([
    [['a\nb\n'], ['a', 'b']],
    [['a\nb'], ['a', 'b']],
    [['a\r\n\r\nb\r\n'], ['a', '', 'b']],
    [
      ['a', 'b\nc', '\n', 'd'],
      ['ab', 'c', 'd'],
    ],
    [
      ['a\r', '\nb'],
      ['a', 'b'],
    ],
    [['\n'], ['']],
    [[], []],
  ])('finds the lines of %j', async (chunks, lines) => {
    expect(await linesIn(chunks)).toEqual(lines);
  });

  it('puts a character together that arrives in two chunks', async () => {
    const bytes = Buffer.from('电压\n');
    expect(await linesIn([bytes.subarray(0, 1), bytes.subarray(1)])).toEqual(['电压']);
  });

  it('finds the same lines wherever a text is cut', async () => {
    const text = fc.array(fc.constantFrom('a', 'b', '\n'), { maxLength: 30 }).map((characters) => characters.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.nat(30), fc.nat(30), async (whole, a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const cut = [whole.slice(0, from), whole.slice(from, to), whole.slice(to)];
        expect(await linesIn(cut)).toEqual(await linesIn([whole]));
      }),
    );
  });
});
