/** Readings as a table. Pure. */
import type { Point, Quality, Reading } from '../../../drivers/contract.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

export interface ValueRow {
  readonly point: Point;
  readonly reading: Reading;
}

const COLUMNS: readonly Column[] = [
  { title: 'point' },
  { title: '名称' },
  { title: 'value', align: 'right' },
  { title: 'unit' },
  { title: 'quality' },
  { title: 'why' },
];

export function valueLines(title: string, rows: readonly ValueRow[], colours: Palette): string[] {
  const paint: Readonly<Record<Quality, (text: string) => string>> = {
    good: colours.good,
    uncertain: colours.warning,
    bad: colours.bad,
  };
  const cells = rows.map(({ point: { key, nameZh, unit = '', frozen }, reading }) => [
    colours.name(key),
    nameZh,
    valueText(reading, colours),
    unit,
    paint[reading.quality](reading.quality),
    reading.reason ?? (frozen && reading.meterTime !== undefined ? `kept at ${reading.meterTime}` : ''),
  ]);
  return [colours.strong(title), ...table(COLUMNS, cells, colours)];
}

/** A meter's register as its dial shows it. An unknown value is no number: a dash cannot be taken for one. */
function valueText({ value, exact }: ValueRow['reading'], { strong }: Palette): string {
  return value === null ? '–' : strong(exact ?? String(value));
}
