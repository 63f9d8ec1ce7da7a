/** Reads the cells of one row, and gathers what is wrong with them. */
import type { TableRow } from '../../config/files/table.ts';
import type { Severity, Spot } from '../../config/mistakes/mistake.ts';
import type { Parsed } from './parsed.ts';

/** Null: the cell is empty. Undefined: what it should be is not known, and that has been said. */
export type Known<T> = T | null | undefined;

export interface RowReader<C extends string> {
  readonly optional: <T>(column: C, parse: (text: string) => Parsed<T>) => Known<T>;
  readonly required: <T>(column: C, parse: (text: string) => Parsed<T>) => T | undefined;
  /** Whether there is something in it. */
  readonly has: (column: C) => boolean;
  /** `column`: where it stands; the message names it where that helps. */
  readonly say: Say<C>;
  readonly spots: readonly Spot[];
}

export type Say<C extends string> = (column: C, message: string, hint?: string, severity?: Severity) => void;

/** `lacks`: columns that the whole table is without, of which no row is told. */
export function readCells<C extends string>(row: TableRow<C>, lacks: ReadonlySet<C>): RowReader<C> {
  const spots: Spot[] = [];
  const { cells } = row;
  const say: Say<C> = (column, message, hint, severity = 'error') => {
    spots.push({ line: row.line, column: columnOf(row, column), message, hint, severity });
  };
  const optional: RowReader<C>['optional'] = (column, parse) => {
    const cell = cells.get(column);
    if (!cell) return null;
    const result = parse(cell.text);
    if (result.ok) return result.value;
    say(column, `${JSON.stringify(column)} ${result.message}`, result.hint);
    return undefined;
  };
  const required: RowReader<C>['required'] = (column, parse) => {
    const value = optional(column, parse);
    if (value === null && !lacks.has(column)) say(column, `${JSON.stringify(column)} is missing`);
    return value ?? undefined;
  };
  return { optional, required, has: (column) => cells.has(column), say, spots };
}

/** Where the cell of `column` begins; of an empty one, where the row does. */
export function columnOf<C extends string>({ cells }: TableRow<C>, column: C): number {
  return cells.get(column)?.column ?? 1;
}

/** `usual` for an empty cell. */
export function orElse<T>(value: Known<T>, usual: T): T | undefined {
  return value === null ? usual : value;
}
