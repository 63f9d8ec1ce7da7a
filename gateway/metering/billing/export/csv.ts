/** A table that a Chinese Excel opens right by a double click: UTF-8 with a byte order mark, CRLF, text that stays text. */
import { stringify } from 'csv-stringify/sync';
import { COLUMNS, type Cell, type LineShown } from './columns.ts';

export function renderCsv(lines: Iterable<LineShown>): Buffer {
  const rows = Array.from(lines, (shown) => COLUMNS.map((column) => cellText(column.of(shown))));
  const titles = COLUMNS.map(({ title }) => title);
  return Buffer.from(stringify([titles, ...rows], { bom: true, record_delimiter: 'windows' }), 'utf8');
}

function cellText(cell: Cell): string {
  return 'number' in cell ? (cell.number ?? '') : guarded(cell.text);
}

/** What a spreadsheet would compute: a note may hold anything. OWASP, CSV Injection. */
const FORMULA = /^[=+\-@\t\r]/;
/** What a spreadsheet would take for a number or a day: it drops zeros and all digits behind the 15th, and 1-2-3 is a day to it. */
const LIKE_A_NUMBER = /^\d/;

/** A tab at its end makes a cell text, and is not seen; an apostrophe before it keeps it from being computed. */
export function guarded(text: string): string {
  if (FORMULA.test(text)) return `'${text}`;
  return LIKE_A_NUMBER.test(text) ? `${text}\t` : text;
}
