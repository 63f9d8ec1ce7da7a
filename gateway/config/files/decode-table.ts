/** The bytes of a table as spreadsheets save it → text. What is not UTF-8 is read all the same, and said. */
import type { Spot } from '../mistakes/mistake.ts';
import { decodeText } from './decode-text.ts';

export type DecodedTable =
  | { readonly ok: true; readonly text: string; /** Warnings. */ readonly spots: readonly Spot[] }
  | { readonly ok: false; readonly spot: Spot };

const SAVE_AS = 'in the spreadsheet, save it as “CSV UTF-8 (comma delimited)”';

/** How workbooks begin: a ZIP archive (.xlsx, .ods), and the compound file before it (.xls). */
const WORKBOOKS = ['504b0304', 'd0cf11e0'];

/** UTF-16 is what a spreadsheet calls “Unicode text”, GBK what a Chinese one calls CSV. */
export function decodeTable(bytes: Buffer): DecodedTable {
  if (WORKBOOKS.includes(bytes.toString('hex', 0, 4))) return refuse('this is a workbook and no CSV file');
  const wide = utf16Of(bytes);
  if (wide !== null) return decodeWide(bytes, wide);
  const decoded = decodeText(bytes);
  if (decoded.ok) return { ...decoded, spots: [] };
  const text = bytes.includes(0) ? null : decode('gb18030', bytes);
  if (text === null) return decoded;
  const hint = `see whether that is right; ${SAVE_AS}`;
  return { ok: true, text, spots: [{ ...decoded.spot, hint, severity: 'warning' }] };
}

function utf16Of(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const mark = bytes.toString('hex', 0, 2);
  return mark === 'fffe' ? 'utf-16le' : mark === 'feff' ? 'utf-16be' : null;
}

function decodeWide(bytes: Buffer, encoding: 'utf-16le' | 'utf-16be'): DecodedTable {
  const text = decode(encoding, bytes);
  if (text === null) return refuse('the text begins as UTF-16, and is none');
  const spot = { line: 1, column: 1, message: 'the text is in UTF-16, and read as such', hint: SAVE_AS } as const;
  return { ok: true, text, spots: [{ ...spot, severity: 'warning' }] };
}

function refuse(message: string): DecodedTable {
  return { ok: false, spot: { line: 1, column: 1, message, hint: SAVE_AS, severity: 'error' } };
}

function decode(encoding: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
