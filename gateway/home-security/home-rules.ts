/**
 * The rules of an armed home, as docs/home-security.md has them: a state and what happened give the state after it, the zones that
 * are an intrusion now, and what belongs into the journal. Pure.
 */
import type { Moment } from '../alarms/deadlines.ts';
import type { GuardedHome, GuardedZone } from './guarded-homes.ts';
import type { EntryCause, HomeNews } from './home-events.ts';
import { sightOf, type HomeState } from './home-state.ts';
import { forgetUntold, sighted, type Trip, type ZoneNews } from './zone-sight.ts';

/** A trip that is an intrusion. `found`: nobody knows since when. */
export interface Intrusion {
  readonly zone: string;
  readonly found: boolean;
}

export interface Move {
  readonly state: HomeState;
  readonly intrusions: readonly Intrusion[];
  readonly news: readonly HomeNews[];
}

export function still(state: HomeState): Move {
  return { state, intrusions: [], news: [] };
}

/** Goes on with what a step has left. */
export function andThen({ state, intrusions, news }: Move, step: (state: HomeState) => Move): Move {
  const next = step(state);
  return {
    state: next.state,
    intrusions: [...intrusions, ...next.intrusions],
    news: [...news, ...next.news],
  };
}

/** Whether the zone is part of what is armed. */
export function counts({ mode, bypassed }: HomeState, { id, kind }: Pick<GuardedZone, 'id' | 'kind'>): boolean {
  if (mode === 'disarmed' || bypassed.includes(id)) return false;
  return mode === 'away' || kind !== 'follower';
}

/** Takes what one look has shown of zones. To be called after `elapse`: a late timer changes nothing. */
export function look(state: HomeState, home: GuardedHome, looks: readonly ZoneNews[], { now }: Moment): Move {
  return looks.reduce(
    (move, seen) =>
      andThen(move, (before) => {
        const zone = home.zones.find(({ id }) => id === seen.zone);
        return zone ? lookAt(before, home, zone, seen, now) : still(before);
      }),
    still(state),
  );
}

function lookAt(state: HomeState, home: GuardedHome, zone: GuardedZone, seen: ZoneNews, now: number): Move {
  const { sight, trip } = sighted(sightOf(state, zone.id), seen, now);
  const zones = new Map(state.zones).set(zone.id, sight);
  const alarming = seen.level === 'closed' ? without(state.alarming, zone.id) : state.alarming;
  const known = { ...state, zones, alarming };
  return trip ? tripped(known, home, zone, trip, now) : still(known);
}

function tripped(state: HomeState, home: GuardedHome, zone: GuardedZone, trip: Trip, now: number): Move {
  if (!counts(state, zone)) return still(state);
  // What was an intrusion before it could not be read, and is found as it was, is nothing new.
  if (trip.found && trip.by === 'level' && state.alarming.has(zone.id)) return still(state);
  if (zone.kind === 'instant') return intrusion(state, zone.id, trip.found);
  if (state.exit) return still(state);
  if (state.entry) return joined(state, state.entry, zone.id);
  // Of what was found nobody knows since when; there is no time to be given.
  if (zone.kind === 'follower' || trip.found) return intrusion(state, zone.id, trip.found);
  return entered(state, home, zone.id, 'tripped', now);
}

/** Whether it is open still, the next look at its level says: a counter may have been read after that. */
function intrusion(state: HomeState, zone: string, found: boolean): Move {
  return { state: { ...state, alarming: new Set([...state.alarming, zone]) }, intrusions: [{ zone, found }], news: [] };
}

function entered(state: HomeState, { entryMs }: GuardedHome, zone: string, why: EntryCause, now: number): Move {
  if (state.entry) return joined(state, state.entry, zone);
  if (entryMs === 0) return intrusion(state, zone, false);
  const entry = { due: now + entryMs, again: false, zones: [zone] };
  return {
    state: { ...state, entry },
    intrusions: [],
    news: [{ type: 'entryBegan', zone, entryS: entryMs / 1000, why }],
  };
}

function joined(state: HomeState, entry: NonNullable<HomeState['entry']>, zone: string): Move {
  if (entry.zones.includes(zone)) return still(state);
  const zones = [...entry.zones, zone];
  return { state: { ...state, entry: { ...entry, zones } }, intrusions: [], news: [{ type: 'entryJoined', zone }] };
}

/** Ends the delays that are over by `now`. */
export function elapse(state: HomeState, home: GuardedHome, now: number): Move {
  const { exit } = state;
  const left = exit && exit.due <= now ? exitOver(state, home, exit.due) : still(state);
  return andThen(left, (next) =>
    next.entry && next.entry.due <= now ? entryOver(next, home, next.entry) : still(next),
  );
}

/** Whoever has left something open may still be inside. */
function exitOver(state: HomeState, home: GuardedHome, at: number): Move {
  const zones = new Map([...state.zones].map(([zone, sight]) => [zone, forgetUntold(sight)]));
  const armed: HomeState = { ...state, exit: null, zones };
  const open = home.zones.filter(
    (zone) => zone.kind !== 'instant' && counts(armed, zone) && sightOf(armed, zone.id).level === 'open',
  );
  return open.reduce((move, { id }) => andThen(move, (next) => entered(next, home, id, 'leftOpen', at)), still(armed));
}

function entryOver(state: HomeState, home: GuardedHome, { zones, again }: NonNullable<HomeState['entry']>): Move {
  const waited = home.zones.filter((zone) => zones.includes(zone.id) && counts(state, zone));
  return waited.reduce<Move>(
    (move, { id }) => andThen(move, (next) => intrusion(next, id, again)),
    still({ ...state, entry: null }),
  );
}

function without(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  return set.has(item) ? new Set([...set].filter((each) => each !== item)) : set;
}
