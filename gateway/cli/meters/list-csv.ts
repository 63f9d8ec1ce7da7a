/** Meters as a table that spreadsheets open right: with a byte order mark, CRLF, and text that stays text. Pure. */
import { stringify } from 'csv-stringify/sync';
import { guarded } from '../../metering/billing/export/csv.ts';
import type { Home, Meter } from '../../metering/model.ts';

/** The entrance is `unit` in the table of homes; here that is what a meter counts in. */
const COLUMNS = [
  'number', 'home', 'building', 'entrance', 'room', 'utility', 'unit', 'device', 'point', 'pulseWeight', 'multiplier', 'digits',
  'decimals', 'installedAt', 'initial', 'removedAt', 'final', 'replaces', 'maxPerHour', 'location',
] as const; // prettier-ignore
/** A spreadsheet would drop the zeros of a number, and take 3-1-1201 for a day. */
const TEXTS: ReadonlySet<string> = new Set([
  ...['number', 'home', 'building', 'entrance', 'room', 'device', 'point', 'replaces', 'location'],
]);

export function listCsv(meters: readonly Meter[], homes: ReadonlyMap<string, Home>): string {
  const rows = meters.map((meter) => {
    const { unit: entrance, building, room } = homes.get(meter.home ?? '') ?? {};
    const row = { ...meter.place, building, entrance, room, ...meter };
    return COLUMNS.map((column) => cellOf(column, String(row[column] ?? '')));
  });
  return stringify([[...COLUMNS], ...rows], { bom: true, record_delimiter: 'windows' });
}

function cellOf(column: string, text: string): string {
  return TEXTS.has(column) ? guarded(text) : text;
}
