/** One line of the table of homes. */
import type { TableRow } from '../../config/files/table.ts';
import type { Spot } from '../../config/mistakes/mistake.ts';
import type { Home } from '../model.ts';
import type { HomeColumn } from './columns.ts';
import { parseCode, parseWords } from './parse-code.ts';
import { readCells } from './read-cells.ts';

export interface HomeRow {
  readonly row: TableRow<HomeColumn>;
  readonly file: string;
  readonly id: string;
  /** Null where the line has mistakes. */
  readonly home: Home | null;
}

/** `value` is null where the row has no id to know it by. */
export function readHomeRow(
  file: string,
  row: TableRow<HomeColumn>,
  lacks: ReadonlySet<HomeColumn>,
): { readonly value: HomeRow | null; readonly spots: readonly Spot[] } {
  const { optional, required, spots } = readCells(row, lacks);
  const id = required('id', parseCode);
  const building = required('building', parseWords);
  const unit = optional('unit', parseWords);
  const room = required('room', parseWords);
  const extension = optional('extension', parseCode);
  if (id === undefined) return { value: null, spots };
  const isWhole = building !== undefined && unit !== undefined && room !== undefined && extension !== undefined;
  const home = isWhole ? { id, building, unit: unit ?? '', room, extension } : null;
  return { value: { row, file, id, home }, spots };
}
