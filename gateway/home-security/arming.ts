/** Arming and disarming a home: docs/home-security.md. Pure. */
import type { Moment } from '../alarms/deadlines.ts';
import type { ZoneLevel } from '../alarms/zone-tests.ts';
import type { ArmMode, GuardedHome, GuardedZone } from './guarded-homes.ts';
import type { HomeNews } from './home-events.ts';
import { counts, still, type Move } from './home-rules.ts';
import { sightOf, type HomeState } from './home-state.ts';
import { forgetUntold } from './zone-sight.ts';

/** Who arms by turning a key. */
export const KEYSWITCH = 'keyswitch';

export interface ArmRequest {
  readonly by: string;
  readonly mode: ArmMode;
  /** Without what is open, and in spite of what cannot be read. */
  readonly force: boolean;
}

export type ArmRefusal =
  | { readonly code: 'disarmFirst' }
  /** `zones`: those that keep it from being armed. */
  | { readonly code: 'zonesNotClosed'; readonly zones: readonly ObstinateZone[] };

export interface ObstinateZone {
  readonly zone: string;
  readonly state: ZoneLevel;
}

export type Armed = { readonly ok: true; readonly move: Move } | ({ readonly ok: false } & ArmRefusal);

export function arm(state: HomeState, home: GuardedHome, request: ArmRequest, { now, at }: Moment): Armed {
  const { by, mode, force } = request;
  if (state.mode === mode) return { ok: true, move: still(state) };
  if (state.mode !== 'disarmed') return { ok: false, code: 'disarmFirst' };
  const wanted = home.zones.filter((zone) => counts({ ...state, mode, bypassed: [] }, zone));
  const levelOf = ({ id }: GuardedZone): ZoneLevel => sightOf(state, id).level;
  const notRead = wanted.filter((zone) => levelOf(zone) !== 'open' && levelOf(zone) !== 'closed');
  // Whoever leaves by it leaves it open.
  const isWayOut = ({ kind }: GuardedZone): boolean => home.exitMs > 0 && kind !== 'instant';
  const open = wanted.filter((zone) => levelOf(zone) === 'open' && !isWayOut(zone));
  const obstinate = force ? open.filter(({ bypass }) => !bypass) : [...open, ...notRead];
  if (obstinate.length > 0) {
    const zones = obstinate.map((zone) => ({ zone: zone.id, state: levelOf(zone) }));
    return { ok: false, code: 'zonesNotClosed', zones };
  }
  const bypassed = open.map(({ id }) => id);
  const exit = home.exitMs > 0 ? { due: now + home.exitMs, again: false } : null;
  const zones = new Map([...state.zones].map(([zone, sight]) => [zone, forgetUntold(sight)]));
  const news: HomeNews[] = [
    { type: 'armed', mode, by, bypassed, notRead: notRead.map(({ id }) => id) },
    ...bypassed.map((zone) => ({ type: 'zoneBypassed', zone, by }) as const),
  ];
  const armed: HomeState = { ...state, mode, by, at, bypassed, exit, zones, entry: null, alarming: new Set() };
  return { ok: true, move: { state: armed, intrusions: [], news } };
}

/** A home that is not armed stays as it is. */
export function disarm(state: HomeState, by: string, { at }: Moment): Move {
  const { mode, entry } = state;
  if (mode === 'disarmed') return still(state);
  const over = { bypassed: [], exit: null, entry: null, alarming: new Set<string>() };
  return {
    state: { ...state, ...over, mode: 'disarmed', by, at },
    intrusions: [],
    news: [{ type: 'disarmed', by, mode, entered: entry?.zones ?? [] }],
  };
}

/** Only a change of the key does something; one that is read for the first time can arm, and not disarm. */
export function turnKey(state: HomeState, home: GuardedHome, level: ZoneLevel, moment: Moment): Move {
  if (!home.keyswitch || (level !== 'open' && level !== 'closed')) return still(state);
  const key = level === 'open';
  if (state.key === key) return still(state);
  const turned = { ...state, key };
  if (!key) return state.key === null ? still(turned) : disarm(turned, KEYSWITCH, moment);
  const answer = arm(turned, home, { by: KEYSWITCH, mode: home.keyswitch.mode, force: true }, moment);
  if (answer.ok) return answer.move;
  const zones = answer.code === 'zonesNotClosed' ? answer.zones.map(({ zone }) => zone) : [];
  return { ...still(turned), news: [{ type: 'armingRefused', by: KEYSWITCH, zones }] };
}
