/** What a meter is asked for its points: as few requests as its version, and what it has refused, allow. Pure. */
import { POLL_CLASSES } from '../poll-classes.ts';
import type { PollClass } from '../contract.ts';
import type { Version } from './control-codes.ts';
import { isUnsupported, type MeterKnowledge } from './meter-knowledge.ts';
import { singlePlace, type Place } from './place.ts';
import { EVERY_METER_HAS } from './presence.ts';
import type { Dlt645Point } from './profile.ts';

/** A point, and where the meter has it. */
export interface Want {
  readonly point: Dlt645Point;
  readonly place: Place;
}

/** One item and the points that it carries. */
export interface ItemAsk {
  readonly di: string;
  readonly wants: readonly Want[];
}

/** One block. */
export interface Ask {
  readonly id: string;
  readonly version: Version;
  readonly poll: PollClass;
  readonly what: What;
  /** Points that no meter of this version has: they are told with this block, and cost nothing. */
  readonly absent: readonly Dlt645Point[];
}

export type What =
  | { readonly kind: 'item'; readonly item: ItemAsk }
  | { readonly kind: 'clock'; readonly points: readonly Dlt645Point[] }
  /** Its registers have no time of their own. */
  | { readonly kind: 'settlement'; readonly item: ItemAsk }
  /** All that was kept at one daily freeze. */
  | { readonly kind: 'daily'; readonly ago: number; readonly items: readonly ItemAsk[] };

/** Every point is in exactly one block, whichever the version. A meter whose version is not known is taken for one of 2007. */
export function planAsks(points: readonly Dlt645Point[], known: MeterKnowledge): Ask[] {
  const version = known.version ?? '2007';
  const clocks = points.filter(({ clock }) => clock === true);
  const wants = points.flatMap((point): Want[] => {
    const place = point[version];
    return place === undefined ? [] : [{ point, place: offered(place, known, version) }];
  });
  const absent = points.filter((point) => point.clock !== true && point[version] === undefined);
  const asks: Omit<Ask, 'absent'>[] = [
    ...itemAsks(wants, known, version),
    ...dailyAsks(wants, version),
    ...(clocks.length === 0 ? [] : [clockAsk(clocks, version)]),
  ];
  return withAbsent(asks.length === 0 ? [presenceAsk(version)] : asks, absent);
}

/** The place itself, or the item of its own that the value is when the meter does not send the block. */
function offered(place: Place, known: MeterKnowledge, version: Version): Place {
  return (isUnsupported(known, place.item) ? singlePlace(place, version) : null) ?? place;
}

function itemAsks(wants: readonly Want[], known: MeterKnowledge, version: Version): Omit<Ask, 'absent'>[] {
  const ofItems = Map.groupBy(
    wants.filter(({ point }) => point.frozen?.kind !== 'daily'),
    ({ place }) => place.item,
  );
  return [...ofItems].map(([di, own]) => {
    const item: ItemAsk = { di, wants: own };
    // A meter may be exchanged for one that has it; what every meter has is refused by one that is not itself just now.
    const isMissing = isUnsupported(known, di) && di !== EVERY_METER_HAS[version];
    const poll = isMissing ? 'rare' : mostOften(own.map(({ point }) => point.poll));
    const kind = own.some(({ point }) => point.frozen !== undefined) ? 'settlement' : 'item';
    return { id: `${poll}-${di}`, version, poll, what: { kind, item } };
  });
}

function dailyAsks(wants: readonly Want[], version: Version): Omit<Ask, 'absent'>[] {
  const byDay = Map.groupBy(wants, ({ point: { frozen } }) => (frozen?.kind === 'daily' ? frozen.ago : 0));
  byDay.delete(0);
  return [...byDay].map(([ago, own]) => {
    const items = [...Map.groupBy(own, ({ place }) => place.item)].map(([di, of]) => ({ di, wants: of }));
    const poll = mostOften(own.map(({ point }) => point.poll));
    return { id: `${poll}-daily-${ago}`, version, poll, what: { kind: 'daily', ago, items } };
  });
}

function clockAsk(points: readonly Dlt645Point[], version: Version): Omit<Ask, 'absent'> {
  const poll = mostOften(points.map((point) => point.poll));
  return { id: `${poll}-clock-${version}`, version, poll, what: { kind: 'clock', points } };
}

/** A device of which nothing is asked would never be seen to be there. */
function presenceAsk(version: Version): Omit<Ask, 'absent'> {
  const item = { di: EVERY_METER_HAS[version], wants: [] };
  return { id: `slow-${item.di}`, version, poll: 'slow', what: { kind: 'item', item } };
}

/** The one that is asked the least often tells of what is not there. */
function withAbsent(asks: readonly Omit<Ask, 'absent'>[], absent: readonly Dlt645Point[]): Ask[] {
  const seldom = asks.toSorted((a, b) => POLL_CLASSES.indexOf(b.poll) - POLL_CLASSES.indexOf(a.poll))[0];
  return asks.map((ask) => ({ ...ask, absent: ask === seldom ? absent : [] }));
}

/** All points of an item come with one request: the one that is wanted most decides when. */
function mostOften(classes: readonly PollClass[]): PollClass {
  return POLL_CLASSES.find((poll) => classes.includes(poll)) ?? 'rare';
}

/** The points that `what` is asked for. */
export function pointsOf(what: What): readonly Dlt645Point[] {
  switch (what.kind) {
    case 'clock':
      return what.points;
    case 'item':
    case 'settlement':
      return what.item.wants.map(({ point }) => point);
    case 'daily':
      return what.items.flatMap(({ wants }) => wants.map(({ point }) => point));
  }
}
