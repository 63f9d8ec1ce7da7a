/** One place, one meter at a time. */
import type { Mistake } from '../../config/mistakes/mistake.ts';
import type { MeterColumn } from './columns.ts';
import type { MeterRow } from './meter-row.ts';
import { atCell, lineOf } from './place-of-row.ts';

/** The protocol of a profile: two of them may number their devices alike. */
export type ProtocolOf = (profile: string) => string | undefined;

interface Stay {
  readonly meter: MeterRow;
  /** In words: `address 7 of bus "east"`. */
  readonly place: string;
  readonly column: MeterColumn;
  /** Equal for what can be at one place only. */
  readonly key: string;
  readonly from: string;
  /** Null: it is still there. */
  readonly until: string | null;
}

/** Two meters of one place whose times overlap, told of the later one. What a chain says of itself is not said again. */
export function checkOccupancy(meters: readonly MeterRow[], protocolOf: ProtocolOf): Mistake[] {
  const stays = meters.flatMap((meter) => stayOf(meter, protocolOf));
  return [...Map.groupBy(stays, ({ key }) => key).values()].flatMap(checkPlace);
}

function stayOf(meter: MeterRow, protocolOf: ProtocolOf): Stay[] {
  const { source, installedAt, removedAt } = meter;
  if (!source || installedAt === undefined || removedAt === undefined) return [];
  const span = { from: installedAt, until: removedAt };
  if (source.kind === 'point') {
    const { device, point } = source;
    const place = `${point} of device ${JSON.stringify(device)}`;
    return [{ meter, ...span, place, column: 'point', key: JSON.stringify([device, point]) }];
  }
  const { bus, address, profile } = source;
  const key = JSON.stringify([bus, address, protocolOf(profile) ?? profile]);
  return [{ meter, ...span, place: `address ${address} of bus ${JSON.stringify(bus)}`, column: 'address', key }];
}

function checkPlace(stays: readonly Stay[]): Mistake[] {
  const mistakes: Mistake[] = [];
  let last: Stay | undefined;
  for (const next of stays.toSorted((a, b) => compare(a.from, b.from))) {
    if (last && overlaps(last, next) && !areLinked(last.meter, next.meter)) mistakes.push(say(last, next));
    const endsLater = last?.until !== null && (next.until === null || next.until > (last?.until ?? ''));
    if (endsLater) last = next;
  }
  return mistakes;
}

function overlaps({ until }: Stay, { from }: Stay): boolean {
  return until === null || from < until;
}

function areLinked(a: MeterRow, b: MeterRow): boolean {
  return a.replaces === b.number || b.replaces === a.number || a.number === b.number;
}

function say({ meter: owner, until }: Stay, { meter, from, place, column }: Stay): Mistake {
  const whose = `${place} is that of ${owner.number} (${lineOf(owner, meter)})`;
  return until === null
    ? atCell(meter, column, `${whose}, which is still there`, 'one of them is wrong, or was removed')
    : atCell(meter, 'installedAt', `${whose} until ${until}, and this one is there from ${from}`, `${until} or later`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
