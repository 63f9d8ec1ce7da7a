/** Meters, a line each. Pure. */
import type { Meter } from '../../metering/model.ts';
import { counted } from '../text/counted.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'number' },
  { title: 'home' },
  { title: 'utility' },
  { title: 'read from' },
  { title: 'multiplier', align: 'right' },
  { title: 'digits', align: 'right' },
  { title: 'installed' },
  { title: 'initial', align: 'right' },
  { title: 'removed' },
  { title: 'final', align: 'right' },
  { title: 'replaces' },
  { title: 'location' },
];

export function listLines(meters: readonly Meter[], colours: Palette): string[] {
  const removed = meters.filter(({ removedAt }) => removedAt !== null).length;
  const rows = meters.map((meter) => {
    const { number, home, utility, multiplier, digits, decimals, installedAt, initial } = meter;
    return [
      meter.removedAt === null ? colours.name(number) : colours.faint(number),
      home ?? colours.faint('public'),
      utility,
      placeOf(meter, colours),
      multiplier === '1' ? '' : `× ${multiplier}`,
      `${digits}.${decimals}`,
      shortTime(installedAt),
      initial,
      shortTime(meter.removedAt),
      meter.final ?? '',
      meter.replaces ?? '',
      meter.location ?? '',
    ];
  });
  const gone = removed === 0 ? '' : `, ${removed} of them removed`;
  return [...table(COLUMNS, rows, colours), '', counted(meters.length, 'meter') + gone];
}

function placeOf({ place }: Meter, { faint }: Palette): string {
  if (!place) return faint('by people');
  const pulses = place.pulseWeight === null ? '' : ` × ${place.pulseWeight}`;
  return `${place.device} ${place.point}${pulses}`;
}

/** `2026-11-01 10:15`; without what is zero at its end. */
function shortTime(time: string | null): string {
  return (time ?? '')
    .replace(/:00$/, '')
    .replace(/T00:00$/, '')
    .replace('T', ' ');
}
