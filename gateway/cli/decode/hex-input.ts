/** Hex as people copy it out of manuals, terminals and captures. Pure. */

export type HexInput =
  { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly message: string };

/** What stands between separators. */
const WORD = /[^\s:,;]+/g;
const DIGITS = /^(?:[0-9a-f]{2})*$/i;
const PREFIX = /^0x/i;
/** `0x5`: with its prefix a single digit is a byte of its own. */
const ONE_DIGIT = /^0x[0-9a-f]$/i;

/** Reads `text` as bytes; says at which character, counted from 1, it stops being hex. */
export function parseHex(text: string): HexInput {
  if (DIGITS.test(text)) return { ok: true, bytes: Buffer.from(text, 'hex') };
  const digits: string[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    if (ONE_DIGIT.test(word)) {
      digits.push(`0${word.slice(2)}`);
      continue;
    }
    const bare = word.replace(PREFIX, '');
    if (!DIGITS.test(bare)) return { ok: false, message: faultOf(bare, index + word.length - bare.length + 1) };
    digits.push(bare);
  }
  return { ok: true, bytes: Buffer.from(digits.join(''), 'hex') };
}

/** `start`: where `digits` begins. */
function faultOf(digits: string, start: number): string {
  const wrong = digits.search(/[^0-9a-f]/i);
  const [character] = digits.slice(wrong);
  if (wrong >= 0) return `character ${start + wrong} is ${JSON.stringify(character)}, which is no hex digit`;
  const count = digits.length === 1 ? 'one hex digit' : `${digits.length} hex digits`;
  return `${count} from character ${start} on: a byte has two`;
}
