/** Decoded bytes as lines for a person: each group of bytes beside its name and meaning. Pure. */
import type { Palette } from '../text/palette.ts';
import { pad } from '../text/width.ts';
import type { Entry, FailedEntry, FrameContext, FrameEntry, Part } from './entry.ts';
import type { DecodableProtocol } from './protocols.ts';

/** As many bytes of one part on a line. */
const PER_LINE = 16;
const INDENT = '  ';

export interface RenderOptions {
  /** Where a second piece of the bytes begins, which is counted from its own start. */
  readonly second?: number;
  readonly labelOf?: FrameContext['labelOf'];
}

/** The lines of each entry. `bytes` is what the entries' offsets lead into. */
export function entryLines(
  protocol: Pick<DecodableProtocol, 'title' | 'parts'>,
  bytes: Uint8Array,
  entries: readonly Entry[],
  colours: Palette,
  { second = bytes.length, labelOf }: RenderOptions = {},
): string[][] {
  let before: FrameEntry | null = null;
  return entries.map((entry) => {
    const { offset, length = 0 } = entry;
    const own = bytes.subarray(offset, offset + length);
    const place = colours.faint(span(offset < second ? offset : offset - second, length));
    if (!entry.ok) return failureLines(entry, place, own, colours);
    const parts = protocol.parts(own, entry, { before, labelOf });
    before = entry;
    return [`${colours.strong(protocol.title(entry))} ${place}`, ...partLines(parts, colours)];
  });
}

function failureLines({ error }: FailedEntry, place: string, bytes: Uint8Array, colours: Palette): string[] {
  const title = `${colours.bad(error.code)}: ${error.message} ${place}`;
  return [title.trimEnd(), ...hexLines(bytes).map((line) => INDENT + line)];
}

function partLines(parts: readonly Part[], colours: Palette): string[] {
  const hexWidth = Math.max(...parts.map(({ bytes }) => Math.min(bytes.length, PER_LINE))) * 3 - 1;
  const nameWidth = Math.max(...parts.map(({ name }) => name.length));
  return parts.flatMap(({ bytes, name, meaning }) => {
    const [first = '', ...more] = hexLines(bytes);
    const line = `${INDENT}${pad(first, hexWidth)}  ${colours.name(pad(name, nameWidth))}  ${meaning}`;
    return [line.trimEnd(), ...more.map((rest) => INDENT + rest)];
  });
}

function hexLines(bytes: Uint8Array): string[] {
  const pairs = Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0'));
  return Array.from({ length: Math.ceil(pairs.length / PER_LINE) }, (_, line) =>
    pairs.slice(line * PER_LINE, (line + 1) * PER_LINE).join(' '),
  );
}

function span(offset: number, length: number): string {
  if (length === 0) return '';
  return length === 1 ? `(byte ${offset})` : `(bytes ${offset} to ${offset + length - 1})`;
}
