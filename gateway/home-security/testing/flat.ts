/** The flat of ./flat-site.ts with its alarms, a store in memory and a clock that is moved by hand. */
import { onTestFinished } from 'vitest';
import type { Reading } from '../../../drivers/contract.ts';
import { createAlarmEngine, type AlarmEngine } from '../../alarms/engine.ts';
import { createLedger } from '../../alarms/testing/ledger.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { DeviceStateName, HomeRow } from '../../store/rows.ts';
import type { ArmMode } from '../guarded-homes.ts';
import { HomeSecurity } from '../home-security.ts';
import { CHANNEL, flatSite, KEY_CHANNEL, type ContactZone } from './flat-site.ts';

/** True: open. Null: its reading is of bad quality. */
export type Levels = Partial<Record<ContactZone, boolean | null>>;

const CLOSED: Levels = { door: false, hall: false, window: false, cellar: false, button: false };
const START = 1_700_000_000_000;

export class Flat {
  readonly ledger = createLedger();
  /** Milliseconds since the beginning, of both clocks. */
  time = 0;
  #config: SiteConfig;
  #engine: AlarmEngine;
  #security: HomeSecurity;
  #told = 0;

  constructor(security: object | null = {}) {
    this.#config = flatSite(security);
    [this.#engine, this.#security] = this.#start();
  }

  /** What every test of an armed home begins with: all zones closed, and armed, the exit delay over. */
  static armed(mode: ArmMode = 'away', security: object = {}): Flat {
    const flat = new Flat(security);
    flat.allClosed();
    flat.arm(mode);
    flat.wait(60_000);
    flat.news();
    return flat;
  }

  /** A kill and another start on what was recorded. */
  restart(): string[] {
    this.#security.stop();
    [this.#engine, this.#security] = this.#start();
    return this.wait(0);
  }

  reconfigure(security: object | null): string[] {
    this.#config = flatSite(security);
    this.#engine.configure(this.#config.alarms);
    this.#security.configure(this.#config);
    return this.wait(0);
  }

  allClosed(): string[] {
    this.line(2.2);
    return this.poll(CLOSED);
  }

  /** One poll of the module's levels. Returns what came of it, as everything here does. */
  poll(levels: Levels): string[] {
    return this.#look('io', readingsOf(levels));
  }

  /** One poll of the module's counters: `zone` was opened `count` times since the last one. */
  count(zone: ContactZone, count: number, afterOutage = false): string[] {
    const counters = Object.entries(CHANNEL).map(([, channel]) => reading(`di${channel}Count`, 7));
    const point = `di${CHANNEL[zone]}Count`;
    const pulses = count === 0 ? [] : [{ point, count, afterOutage, channel: CHANNEL[zone] }];
    return this.#look('io', counters, pulses);
  }

  /** What the supervised line shows. */
  line(value: number | null, quality: Reading['quality'] = 'good'): string[] {
    return this.#look('line', [value === null ? reading('ai0', null) : { ...reading('ai0', value), quality }]);
  }

  /** The keyswitch, and with it in one poll some of the levels. */
  key(armed: boolean | null, levels: Levels = {}): string[] {
    return this.#look('io', [reading(`di${KEY_CHANNEL}`, armed), ...readingsOf(levels)]);
  }

  state(device: 'io' | 'line', state: DeviceStateName): string[] {
    this.#observe({ device, seen: [], pulses: [], observation: { device }, state });
    return this.news();
  }

  /** The code of a refusal comes first. */
  arm(mode: ArmMode = 'away', force = false): string[] {
    void this.#security.arm('flat', { by: 'li', mode, force }).then(() => undefined);
    return this.news();
  }

  /** Resolves with the code of the refusal, or `done`. */
  async tryToArm(mode: ArmMode = 'away', force = false): Promise<string> {
    const answer = await this.#security.arm('flat', { by: 'li', mode, force });
    if (answer.ok) return 'done';
    const zones = 'zones' in answer ? answer.zones.map(({ zone, state }) => `${zone} ${state}`) : [];
    return [answer.code, ...zones].join(', ');
  }

  disarm(duress = false): string[] {
    void this.#security.disarm('flat', { by: 'li', duress });
    return this.news();
  }

  get mode(): string {
    return this.#security.show('flat')?.state.mode ?? 'not guarded';
  }

  /** Lets time pass as the timers do. */
  wait(ms: number): string[] {
    const end = this.time + ms;
    for (let due = this.#nextDue(); due !== null && due <= end; due = this.#nextDue()) {
      this.time = Math.max(this.time, due);
      this.#engine.tick();
      this.#security.tick();
    }
    this.time = end;
    return this.news();
  }

  /** What was recorded since this was last asked, in short. */
  news(): string[] {
    const fresh = this.ledger.observations.slice(this.#told);
    this.#told += fresh.length;
    return fresh.flatMap(({ events = [], alarms = [] }) => [
      ...events.map(({ type, data }) =>
        [type, data['zone'], data['why'] === 'tripped' ? null : data['why']].filter(Boolean).join(' '),
      ),
      ...alarms.map(({ type, after }) =>
        [type, after.type, after.channel, after.letter, after.detectedAfterOutage && 'late'].filter(Boolean).join(' '),
      ),
    ]);
  }

  #nextDue(): number | null {
    const [alarms, homes] = [this.#engine.nextDue(), this.#security.nextDue()];
    return alarms === null || homes === null ? (alarms ?? homes) : Math.min(alarms, homes);
  }

  #look(
    device: string,
    seen: readonly Reading[],
    pulses: Parameters<HomeSecurity['take']>[0]['pulses'] = [],
  ): string[] {
    this.time += 1;
    this.#observe({ device, seen, pulses, observation: { device } });
    return this.news();
  }

  #observe(seen: Parameters<HomeSecurity['take']>[0]): void {
    const { state, ...observed } = this.#security.take(seen);
    this.#engine.observe(observed);
    if (state !== undefined) this.#engine.deviceState(seen.device, state, { device: seen.device });
  }

  #start(): [AlarmEngine, HomeSecurity] {
    const clock = { now: () => START + this.time, monotonic: () => this.time };
    const { record } = this.ledger;
    const engine = createAlarmEngine({ clock, definitions: this.#config.alarms, rows: this.ledger.rows(), record });
    const rows = new Map<string, HomeRow>();
    for (const { homes = [] } of this.ledger.observations) for (const row of homes) rows.set(row.home, row);
    const security = new HomeSecurity({
      ...{ started: this.#config, clock, audit: () => undefined },
      store: {
        homes: { list: () => [...rows.values()] },
        alarms: { get: (alarm) => this.ledger.rows().find((row) => row.alarm === alarm) },
      },
      observe: (sighting) => engine.observe(sighting),
      flush: () => Promise.resolve(true),
    });
    security.start();
    onTestFinished(() => security.stop());
    return [engine, security];
  }
}

function readingsOf(levels: Levels): Reading[] {
  return Object.entries(levels).map(([zone, open]) => reading(`di${CHANNEL[zone as ContactZone]}`, open));
}

function reading(point: string, value: number | boolean | null): Reading {
  return { point, value, quality: value === null ? 'bad' : 'good', at: START };
}
