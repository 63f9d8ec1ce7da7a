/** Rows in aligned columns. */
import type { Palette } from './palette.ts';
import { displayWidth, pad } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** The table with its titles, a line each. Cells may be coloured; a column of empty cells is left out. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[], { strong }: Palette): string[] {
  const shown = [...columns.keys()].filter((index) => rows.some((row) => (row[index] ?? '') !== ''));
  const titles = columns.map(({ title }) => strong(title));
  const widths = columns.map((_, index) => Math.max(...[titles, ...rows].map((row) => displayWidth(row[index] ?? ''))));
  return [titles, ...rows].map((row) =>
    shown
      .map((index) => pad(row[index] ?? '', widths[index] ?? 0, columns[index]?.align))
      .join('  ')
      .trimEnd(),
  );
}
