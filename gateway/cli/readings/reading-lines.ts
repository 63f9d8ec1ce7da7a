/** Readings, a line each. Pure. */
import type { z } from 'zod';
import type { readingSchema } from '../../api/resources/meter.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

export type ReadingShown = z.output<typeof readingSchema>;

const COLUMNS: readonly Column[] = [
  { title: 'id', align: 'right' },
  { title: 'meter' },
  { title: 'value', align: 'right' },
  { title: 'at' },
  { title: 'quality' },
  { title: '' },
  { title: 'notes' },
];

export function readingLines(readings: readonly ReadingShown[], colours: Palette): string[] {
  const { name, strong, good, warning, faint } = colours;
  const paint = { good, suspect: warning, rejected: faint };
  const rows = readings.map(({ id, meter, value, at, quality, standing, notes }) => [
    ...[String(id), name(meter), strong(value), localTime(at), quality, paint[standing](standing), notes.join('; ')],
  ]);
  return table(COLUMNS, rows, colours);
}

/** By the clock of whoever looks: `2026-12-01 00:05:00`. */
function localTime(at: string | null): string {
  if (at === null) return '';
  const time = new Date(at);
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace('T', ' ');
}
