/** Readings, a line each. Pure. */
import type { z } from 'zod';
import type { readingSchema } from '../../api/resources/meter.ts';
import { wallTime } from '../../print/times.ts';
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

/** `timezone`: of the site, IANA name. */
export function readingLines(readings: readonly ReadingShown[], timezone: string, colours: Palette): string[] {
  const { name, strong, good, warning, faint } = colours;
  const time = (at: string | null): string => wallTime(at === null ? null : Date.parse(at), timezone);
  const paint = { good, suspect: warning, rejected: faint };
  const rows = readings.map(({ id, meter, value, at, quality, standing, notes }) => [
    ...[String(id), name(meter), strong(value), time(at), quality, paint[standing](standing), notes.join('; ')],
  ]);
  return table(COLUMNS, rows, colours);
}
