/** Decodes the argument, or standard input line by line. */
import { once } from 'node:events';
import type { DecodeOptions } from './options.ts';
import { usageError } from '../exit.ts';
import { paletteFor } from '../text/palette.ts';
import type { Entry } from './entry.ts';
import { parseHex } from './hex-input.ts';
import { linesOf } from './lines.ts';
import { protocols } from './protocols.ts';
import { entryLines } from './render.ts';

/** Throws CliError where `text` is no hex. */
export function decodeArgument(text: string, { protocol, json, key }: DecodeOptions): void {
  const input = parseHex(text);
  if (!input.ok)
    throw usageError(input.message, 'bytes are written as 01 03 00 00, 01:03:00:00, 0x01 0x03 or 01030000');
  if (input.bytes.length === 0) throw usageError('there are no bytes to decode');
  const entries = protocols[protocol].explain(input.bytes, key);
  if (json) console.log(JSON.stringify(entries));
  else console.log(entryLines(protocols[protocol], input.bytes, entries, paletteFor(process.stdout)).flat().join('\n'));
}

/** One line in, one answer out: with `json` an array a line. A line that is no hex is answered too. */
export async function decodeLines(
  stream: AsyncIterable<string | Uint8Array>,
  { protocol, json, key }: DecodeOptions,
): Promise<void> {
  const decoder = protocols[protocol];
  const colours = paletteFor(process.stdout);
  let number = 0;
  const answer = (line: string): string => {
    number += 1;
    const input = parseHex(line);
    const bytes = input.ok ? input.bytes : new Uint8Array();
    const entries: readonly Entry[] = input.ok ? decoder.explain(bytes, key) : [noHex(input.message)];
    if (json) return JSON.stringify(entries);
    return [colours.strong(`line ${number}`), ...entryLines(decoder, bytes, entries, colours).flat(), ''].join('\n');
  };
  for await (const lines of linesOf(stream)) {
    const wanted = process.stdout.write(`${lines.map(answer).join('\n')}\n`);
    if (!wanted) await once(process.stdout, 'drain');
  }
}

function noHex(message: string): Entry {
  return { ok: false, offset: 0, error: { code: 'hex', message } };
}
