/** A table that a Chinese Excel opens right by a double click: UTF-8 with a byte order mark, CRLF, text that stays text. */
import { stringify } from 'csv-stringify/sync';
import { COLUMNS, type Cell } from './columns.ts';
import { GrowingFile } from './growing-file.ts';
import type { Rendering } from './rendering.ts';

/** So many rows are text at once. */
const ROWS_AT_ONCE = 500;

export function csvRendering(): Rendering {
  const file = new GrowingFile();
  let rows = [COLUMNS.map(({ title }) => title)];
  const write = (): void => {
    file.write(stringify(rows, { bom: file.length === 0, record_delimiter: 'windows' }));
    rows = [];
  };
  return {
    add: (_, cells) => {
      rows.push(cells.map(cellText));
      if (rows.length >= ROWS_AT_ONCE) write();
    },
    end: () => {
      if (rows.length > 0) write();
      return file.bytes();
    },
  };
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
