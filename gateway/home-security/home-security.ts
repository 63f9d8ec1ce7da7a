/**
 * Home security in the running gateway: what is polled of zones goes through here to the alarms, people arm and disarm, and delays
 * end. How each home stands is stored with what made it so, in one transaction.
 */
import type { Observed } from '../alarms/engine.ts';
import type { Moment } from '../alarms/deadlines.ts';
import { createAlarmTimer, type AlarmTimer } from '../alarms/timer.ts';
import type { Clock } from '../clock.ts';
import type { SiteConfig } from '../config/site-config.ts';
import type { FieldSighting } from '../core.ts';
import { DueQueue } from '../due-queue.ts';
import type { Seen } from '../ingest/device-task.ts';
import type { HomeRow, NewEvent } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { arm, disarm, type ArmRefusal, type ArmRequest } from './arming.ts';
import { duressIsOver, duressPulse, homeAsDevice } from './duress-alarm.ts';
import { guardedHomes, type GuardedHome } from './guarded-homes.ts';
import { homeEvent } from './home-events.ts';
import { elapse, type Move } from './home-rules.ts';
import { dueOf, rowOf, stateFrom, type HomeState } from './home-state.ts';
import { carriedOver, leftBehind } from './reconfigured.ts';
import { lookAtDevice } from './device-look.ts';
import { intrusionOf, sightings } from './zone-readings.ts';

export interface HomeSecurityOptions {
  readonly started: SiteConfig;
  readonly store: { readonly homes: Pick<Store['homes'], 'list'>; readonly alarms: Pick<Store['alarms'], 'get'> };
  readonly clock: Clock;
  /** Takes what is said of zones to the alarms, and what else there is to the store. */
  readonly observe: (sighting: FieldSighting) => void;
  /** Resolves with true once everything that was observed is on the disk, with false when it cannot be now. */
  readonly flush: () => Promise<boolean>;
  readonly audit: (entry: { who: string; what: string; detail: Readonly<Record<string, unknown>> }) => void;
}

/** A home as it stands. */
export interface HomeShown {
  readonly home: GuardedHome;
  readonly state: HomeState;
}

export type ArmingAnswer =
  /** `stored`: false while the store cannot be written: it holds, and is lost if power fails now. */
  | ({ readonly ok: true; readonly stored: boolean } & HomeShown)
  | ({ readonly ok: false } & (ArmRefusal | { readonly code: 'homeNotGuarded' }));

export interface DisarmRequest {
  readonly by: string;
  /** Forced to: nobody but the control room may ever see it. */
  readonly duress: boolean;
}

/** What came of a step, and of which home. */
interface Step extends HomeShown {
  readonly before: HomeState;
  readonly move: Move;
  readonly moment: Moment;
}

export class HomeSecurity {
  readonly #options: HomeSecurityOptions;
  readonly #homes = new Map<string, HomeShown>();
  /** Homes with something that is wired to the device. */
  #byDevice: ReadonlyMap<string, readonly string[]> = new Map();
  /** By home. */
  readonly #waiting = new DueQueue<string>();
  readonly #timer: AlarmTimer;

  constructor(options: HomeSecurityOptions) {
    this.#options = options;
    this.#timer = createAlarmTimer(this, options.clock);
  }

  /** Goes on from how each home stood. To be called before anything is polled. */
  start(): void {
    const { started, store } = this.#options;
    const kept = new Map(store.homes.list().map((row) => [row.home, row]));
    const moment = this.#moment();
    for (const home of guardedHomes(started)) {
      const row = kept.get(home.id);
      kept.delete(home.id);
      this.#begin(home, row, moment);
    }
    for (const row of kept.values()) this.#abandon(row, moment);
    this.#byDevice = homesByDevice(this.list());
    this.#timer.rearm();
  }

  stop(): void {
    this.#timer.stop();
  }

  /** What was polled, with what it means for armed homes. */
  take(seen: Seen): FieldSighting {
    let sighting: FieldSighting = seen;
    const moment = this.#moment();
    for (const id of this.#byDevice.get(seen.device) ?? []) {
      const shown = this.#homes.get(id);
      const look = shown && lookAtDevice(shown, seen, moment);
      if (!look) continue;
      const { home, state: before } = shown;
      const step = { home, before, state: look.move.state, move: look.move, moment };
      const { own, rest } = this.#sorted(step, look.looked, seen.device);
      for (const other of rest) this.#options.observe(other);
      sighting = joined(sighting, own, this.#kept(step));
    }
    if (sighting !== seen) this.#timer.rearm();
    return sighting;
  }

  async arm(id: string, request: ArmRequest): Promise<ArmingAnswer> {
    const shown = this.#homes.get(id);
    if (!shown) return { ok: false, code: 'homeNotGuarded' };
    const moment = this.#moment();
    const { by, ...detail } = request;
    const answer = arm(this.#elapsed(shown, moment), shown.home, request, moment);
    this.#options.audit({
      who: by,
      what: 'home.arm',
      detail: { home: id, ...detail, outcome: answer.ok ? 'done' : answer.code },
    });
    if (!answer.ok) return answer;
    return this.#decided(shown.home, answer.move, moment);
  }

  async disarm(id: string, { by, duress }: DisarmRequest): Promise<ArmingAnswer> {
    const shown = this.#homes.get(id);
    if (!shown) return { ok: false, code: 'homeNotGuarded' };
    const moment = this.#moment();
    const move = disarm(this.#elapsed(shown, moment), by, moment);
    this.#options.audit({ who: by, what: 'home.disarm', detail: { home: id, outcome: 'done' } });
    return this.#decided(shown.home, move, moment, duress ? duressPulse(moment.at) : {});
  }

  /** By id; undefined where it has no zones. */
  show(id: string): HomeShown | undefined {
    return this.#homes.get(id);
  }

  list(): readonly HomeShown[] {
    return [...this.#homes.values()];
  }

  /** Takes another configuration, after the alarms have. A home that is gone is disarmed. */
  configure(next: SiteConfig): void {
    const moment = this.#moment();
    const homes = new Map(guardedHomes(next).map((home) => [home.id, home]));
    for (const [id, { state }] of this.#homes) {
      if (homes.has(id)) continue;
      this.#homes.delete(id);
      this.#waiting.delete(id);
      this.#abandon(rowOf(id, state), moment);
    }
    for (const home of homes.values()) {
      const before = this.#homes.get(home.id);
      if (before) this.#put(home, carriedOver(before, home, next));
      else this.#begin(home, undefined, moment);
    }
    this.#byDevice = homesByDevice(this.list());
    this.#timer.rearm();
  }

  nextDue(): number | null {
    return this.#waiting.nextDue();
  }

  /** Ends the delays that are over. */
  tick(): void {
    const moment = this.#moment();
    for (let id = this.#waiting.take(moment.now); id !== undefined; id = this.#waiting.take(moment.now)) {
      const shown = this.#homes.get(id);
      if (shown) this.#elapsed(shown, moment);
    }
  }

  /** Intrusions first: were the end of the delay stored alone, they would be lost with the power. */
  #elapsed({ home, state }: HomeShown, moment: Moment): HomeState {
    const move = elapse(state, home, moment.now);
    const step = { home, before: state, state: move.state, move, moment };
    for (const sighting of this.#sorted(step).rest) this.#options.observe(sighting);
    this.#tell(home.id, this.#kept(step));
    return move.state;
  }

  /** How the home stands first: were its zones told alone, what was an alarm would be over, and come again after a restart. */
  async #decided(home: GuardedHome, move: Move, moment: Moment, also: Partial<Observed> = {}): Promise<ArmingAnswer> {
    const before = this.#homes.get(home.id)?.state ?? move.state;
    const step = { home, before, state: move.state, move, moment };
    this.#tell(home.id, this.#kept(step), also);
    for (const sighting of this.#sorted(step).rest) this.#options.observe(sighting);
    if (also.pulses) this.#tell(home.id, {}, duressIsOver(moment.at));
    this.#timer.rearm();
    return { ok: true, stored: await this.#options.flush(), home, state: move.state };
  }

  /** With a home's delays that begin again, and with the end of a duress that the last run did not live to tell. */
  #begin(home: GuardedHome, row: HomeRow | undefined, moment: Moment): void {
    const state = stateFrom(row, home, this.#alarming(home), moment.now);
    this.#put(home, state);
    const now = rowOf(home.id, state);
    const isMoved = row !== undefined && JSON.stringify(now) !== JSON.stringify(row);
    const zone = row?.entry?.again === false ? row.entry.zones[0] : undefined;
    const entryS = home.entryMs / 1000;
    const news = zone === undefined ? [] : [{ type: 'entryBegan', zone, entryS, why: 'restarted' } as const];
    const events = news.map((each) => homeEvent(home.id, each, moment.at));
    this.#tell(home.id, { events, homes: isMoved ? [now] : [] }, duressIsOver(moment.at));
  }

  #alarming({ id, zones }: GuardedHome): ReadonlySet<string> {
    const { alarms } = this.#options.store;
    return new Set(zones.flatMap((zone) => (alarms.get(intrusionOf(id, zone.id))?.active ? zone.id : [])));
  }

  #abandon(row: HomeRow, { at }: Moment): void {
    const left = leftBehind(row, at);
    if (left) this.#tell(row.home, left);
  }

  #sorted({ before, move, home, moment }: Step, looked: ReadonlySet<string> = new Set(), device = '') {
    const byDevice = sightings(before, move, home, looked, moment.at);
    const rest = [...byDevice].flatMap(([id, sighting]): FieldSighting[] =>
      id === device ? [] : [{ device: id, ...sighting, observation: { device: id } }],
    );
    return { own: byDevice.get(device), rest };
  }

  /** Takes the state, and gives what of the step is to be stored. */
  #kept({ home, before, state, move, moment }: Step): Kept {
    this.#put(home, state);
    const row = rowOf(home.id, state);
    const isChanged = JSON.stringify(row) !== JSON.stringify(rowOf(home.id, before));
    return { events: move.news.map((news) => homeEvent(home.id, news, moment.at)), homes: isChanged ? [row] : [] };
  }

  #put(home: GuardedHome, state: HomeState): void {
    this.#homes.set(home.id, { home, state });
    const due = dueOf(state);
    if (due === null) this.#waiting.delete(home.id);
    else this.#waiting.set(home.id, due);
  }

  #tell(home: string, kept: Kept, also: Partial<Observed> = {}): void {
    const device = homeAsDevice(home);
    this.#options.observe({ device, seen: [], ...also, observation: { device, ...kept } });
  }

  #moment(): Moment {
    const { clock } = this.#options;
    return { now: clock.monotonic(), at: clock.now() };
  }
}

interface Kept {
  readonly events?: readonly NewEvent[];
  readonly homes?: readonly HomeRow[];
}

function homesByDevice(homes: readonly HomeShown[]): ReadonlyMap<string, readonly string[]> {
  const pairs = homes.flatMap(({ home: { id, zones, keyswitch } }) =>
    [...new Set([...zones, ...(keyswitch ? [keyswitch] : [])].map(({ device }) => device))].map((device) => ({
      id,
      device,
    })),
  );
  const byDevice = Map.groupBy(pairs, ({ device }) => device);
  return new Map([...byDevice].map(([device, of]) => [device, of.map(({ id }) => id)]));
}

function joined(
  sighting: FieldSighting,
  own: Pick<Observed, 'seen' | 'pulses'> | undefined,
  kept: Kept,
): FieldSighting {
  const { observation, seen, pulses = [] } = sighting;
  const { events = [], homes = [] } = observation;
  return {
    ...sighting,
    seen: [...seen, ...(own?.seen ?? [])],
    pulses: [...pulses, ...(own?.pulses ?? [])],
    observation: {
      ...observation,
      events: [...events, ...(kept.events ?? [])],
      homes: [...homes, ...(kept.homes ?? [])],
    },
  };
}
