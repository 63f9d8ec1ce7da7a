/** Bytes → text, where they are UTF-8; otherwise what they seem to be and on which line. */
import type { Spot } from '../mistakes/mistake.ts';

export type DecodedText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly spot: Spot };

export function decodeText(bytes: Buffer): DecodedText {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) {
    return refuse(bytes, 0, 'the text is in UTF-16', 'save the file as UTF-8');
  }
  const zero = bytes.indexOf(0);
  if (zero >= 0) return refuse(bytes, zero, 'this is no text file: it has a zero byte');
  const text = decode('utf-8', bytes);
  return text === null ? refuseEncoding(bytes) : { ok: true, text };
}

/** Neither UTF-8 nor GBK has a line feed inside a character, so each line can be judged alone. */
function refuseEncoding(bytes: Buffer): DecodedText {
  let start = 0;
  for (;;) {
    const newline = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, newline < 0 ? undefined : newline);
    if (newline < 0 || decode('utf-8', line) === null) {
      const chinese = decode('gb18030', line)?.trim().slice(0, 40);
      const guess = chinese === undefined ? '' : `; read as GBK this line is "${chinese}"`;
      return refuse(bytes, start, `the text is not UTF-8${guess}`, 'save the file as UTF-8');
    }
    start = newline + 1;
  }
}

function decode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function startsWith(bytes: Buffer, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte);
}

function refuse(bytes: Buffer, offset: number, message: string, hint?: string): DecodedText {
  const before = bytes.subarray(0, offset).toString('latin1').split('\n');
  const position = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  return { ok: false, spot: { ...position, message, hint, severity: 'error' } };
}
