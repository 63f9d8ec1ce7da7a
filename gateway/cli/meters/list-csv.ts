/** Meters as a table that spreadsheets open right: with a byte order mark, CRLF, and cells in quotes where they need them. Pure. */
import type { Home, Meter } from '../../metering/model.ts';

export const CSV_COLUMNS = [
  'number', 'home', 'building', 'unit', 'room', 'utility', 'device', 'point', 'pulseWeight', 'multiplier', 'digits', 'decimals',
  'installedAt', 'initial', 'removedAt', 'final', 'replaces', 'maxPerHour', 'location',
] as const; // prettier-ignore

export function listCsv(meters: readonly Meter[], homes: ReadonlyMap<string, Home>): string {
  const lines = meters.map((meter) => {
    const row = { ...meter.place, ...homes.get(meter.home ?? ''), ...meter };
    return CSV_COLUMNS.map((column) => quoted(String(row[column] ?? '')));
  });
  return `\ufeff${[CSV_COLUMNS, ...lines].map((cells) => `${cells.join(',')}\r\n`).join('')}`;
}

function quoted(cell: string): string {
  return /[",]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
