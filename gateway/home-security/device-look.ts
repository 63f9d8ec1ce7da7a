/** What one poll of a device says of a home: its key and its zones. Pure. */
import type { Moment } from '../alarms/deadlines.ts';
import { levelOf, type ZoneLevel } from '../alarms/zone-tests.ts';
import type { Seen } from '../ingest/device-task.ts';
import { turnKey } from './arming.ts';
import type { GuardedHome, GuardedZone } from './guarded-homes.ts';
import { andThen, elapse, look, still, type Move } from './home-rules.ts';
import type { HomeState } from './home-state.ts';
import { UNSEEN, type ZoneNews } from './zone-sight.ts';

export interface DeviceLook {
  readonly move: Move;
  /** Zones of which it said something. */
  readonly looked: ReadonlySet<string>;
}

/** Null where it says nothing of the home. What was due before is done first. */
export function lookAtDevice(
  { home, state }: { readonly home: GuardedHome; readonly state: HomeState },
  seen: Seen,
  moment: Moment,
): DeviceLook | null {
  const zones = home.zones.filter(({ device }) => device === seen.device);
  const news = zones.flatMap((zone) => newsOf(zone, seen));
  const key = home.keyswitch?.device === seen.device ? home.keyswitch : null;
  const turned = key && seen.seen.find(({ point }) => point === key.tests.point);
  const isLost = seen.state !== undefined && seen.state !== 'online' && seen.state !== 'degraded';
  if (news.length === 0 && !turned && !isLost) return null;
  const due = elapse(state, home, moment.now);
  const level = turned ? levelOf(key.tests, turned) : 'unknown';
  const keyTurnedTo = (wanted: ZoneLevel) => (next: HomeState) =>
    level === wanted ? turnKey(next, home, level, moment) : still(next);
  // Whoever has disarmed has done so before opening a door; whoever arms has closed the windows before.
  const disarmed = andThen(due, keyTurnedTo('closed'));
  const read = andThen(disarmed, (next) => look(next, home, news, moment));
  const looked = andThen(read, keyTurnedTo('open'));
  const move = isLost ? { ...looked, state: without(looked.state, zones) } : looked;
  return { move, looked: new Set(news.map(({ zone }) => zone)) };
}

function newsOf({ id, tests, edges }: GuardedZone, { seen, pulses }: Seen): ZoneNews[] {
  const reading = seen.find(({ point }) => point === tests.point);
  const counted = edges && countedOf(edges, seen, pulses);
  if (!reading && !counted) return [];
  return [
    { zone: id, level: reading && levelOf(tests, reading), edges: counted, countsAt: edges?.countsAt ?? 'onset' },
  ];
}

/** A counter and a latch that move together have seen the same edge. Null where neither was read. */
function countedOf(
  edges: NonNullable<GuardedZone['edges']>,
  seen: Seen['seen'],
  pulses: Seen['pulses'],
): ZoneNews['edges'] {
  const mine = pulses.filter(({ point }) => edges.points.includes(point));
  const isRead = seen.some(({ point, quality }) => edges.counting.includes(point) && quality !== 'bad');
  if (mine.length === 0 && !isRead) return null;
  return {
    count: Math.max(0, ...mine.map(({ count }) => count)),
    afterOutage: mine.some(({ afterOutage }) => afterOutage),
  };
}

function without(state: HomeState, zones: readonly GuardedZone[]): HomeState {
  return { ...state, zones: new Map([...state.zones, ...zones.map(({ id }) => [id, UNSEEN] as const)]) };
}
