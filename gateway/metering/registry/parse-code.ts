/** Numbers that name something (a meter, an address, a home): text, of which every character counts. */
import { halfWidth } from '../../config/files/half-width.ts';
import { parsed, refused, type Parsed } from './parsed.ts';

const LONGEST = 64;
/** `1.23457E+11`, as a spreadsheet shows 123456789012. */
const SCIENTIFIC = /^\d+(\.\d+)?E\+\d+$/i;

/** An apostrophe before it is how a spreadsheet is told to leave a number alone. */
export function parseCode(cell: string): Parsed<string> {
  const text = halfWidth(cell).replace(/^'/, '');
  if (SCIENTIFIC.test(text)) return refused(text, '');
  if (text.length > LONGEST) return refused(text, `must have at most ${LONGEST} characters`);
  if (!/^[^\s\p{C}]+$/u.test(text)) return refused(text, 'must have no blanks inside');
  return parsed(text);
}

/** Any words on one line. */
export function parseWords(text: string): Parsed<string> {
  return /\p{Cc}/u.test(text) ? refused(text, 'must have no control characters') : parsed(text);
}
