/** Rows of tables as places of mistakes. */
import type { TableRow } from '../../config/files/table.ts';
import type { Mistake, Severity } from '../../config/mistakes/mistake.ts';
import { columnOf } from './read-cells.ts';

interface Placed<C extends string> {
  readonly row: TableRow<C>;
  readonly file: string;
}

/** Something wrong with the cell `column` of a row; the row itself where it is empty. */
export function atCell<C extends string>(
  { row, file }: Placed<C>,
  column: C,
  message: string,
  hint?: string,
  severity: Severity = 'error',
): Mistake {
  return { file, line: row.line, column: columnOf(row, column), message, hint, severity };
}

/** `line 4`, or with its file where that is another. */
export function lineOf<C extends string>(of: Placed<C>, seenFrom: { readonly file: string }): string {
  return of.file === seenFrom.file ? `line ${of.row.line}` : `line ${of.row.line} of ${of.file}`;
}
