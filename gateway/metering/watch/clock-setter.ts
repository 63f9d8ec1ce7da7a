/** Sets meters' clocks that are off, where the site allows it: once a day for each line or meter, away from midnight and the cut. */
import type { Logger } from 'pino';
import type { Profile } from '../../../drivers/contract.ts';
import { DriverError } from '../../../drivers/errors.ts';
import type { Clock } from '../../clock.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { mayPass } from '../../store/errors.ts';
import type { Store } from '../../store/store.ts';
import type { ReadNowOptions } from '../desk/read-now.ts';
import { mayBeSet, whoseClock, type ClockReach } from '../rules/clock-setting.ts';
import { localOf } from '../rules/zone.ts';
import { cutOf } from '../settings.ts';
import { Turns } from '../turns.ts';
import { judgementOf } from './judgements.ts';

/** `offS` 0: it is right. Null: it shows no time. */
export interface ClockRead {
  readonly device: string;
  readonly point: string;
  readonly offS: number | null;
}

export interface SettableClock {
  readonly bus: string;
  readonly reach: ClockReach;
  /** `local`: what the wall shows now. Rejects with DriverError. */
  readonly set: (local: string) => Promise<void>;
}

export interface ClockSetterOptions {
  readonly store: Pick<Store, 'write' | 'audit'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly config: () => SiteConfig;
  readonly readNow: ReadNowOptions['readNow'];
  /** Undefined where it cannot be set. */
  readonly settableClock: (device: string) => SettableClock | undefined;
}

const AUDITED = 'meter.setClocks';
/** Nobody but the program itself asks for it. */
const WHO = 'gateway';
/** Clocks that may not be set just now are looked at again. */
const LOOK_AGAIN_MS = 600_000;
const DAY_MS = 86_400_000;
/** A clock that is corrected by less is still the same. */
const STEP_MS = 5_000;
/** Of the audit, to find what was sent today before a restart. */
const LOOK_BACK_ROWS = 10_000;

export class ClockSetter {
  readonly #options: ClockSetterOptions;
  /** Those that are off, by device. */
  readonly #off = new Map<string, ClockRead>();
  /** How far each is off that has been read, by device; 0 where it is right. */
  readonly #offsets = new Map<string, number>();
  #saidOurs = false;
  /** When one was sent last, by what was set. */
  #setAt: Map<string, number> | undefined;
  readonly #underWay = new Set<string>();
  readonly #buses = new Turns();
  /** What the wall clock is ahead of the one that nobody sets. */
  #ahead: number;
  readonly #timer: NodeJS.Timeout;

  constructor(options: ClockSetterOptions) {
    this.#options = options;
    this.#ahead = options.clock.now() - options.clock.monotonic();
    this.#timer = setInterval(() => this.#lookAgain(), LOOK_AGAIN_MS).unref();
  }

  /** A clock was read. */
  seen(read: ClockRead): void {
    this.#mindSteps();
    if (read.offS !== null) this.#offsets.set(read.device, read.offS);
    if (read.offS === 0) this.#off.delete(read.device);
    else {
      this.#off.set(read.device, read);
      if (this.#maySet()) this.#consider(read);
    }
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#off.clear();
    this.#offsets.clear();
  }

  #lookAgain(): void {
    this.#mindSteps();
    if (this.#off.size === 0 || !this.#maySet()) return;
    for (const read of this.#off.values()) this.#consider(read);
  }

  /** What was read by the time that was here before says nothing of the time that is here now. */
  #mindSteps(): void {
    const { clock } = this.#options;
    const ahead = clock.now() - clock.monotonic();
    if (Math.abs(ahead - this.#ahead) > STEP_MS) {
      this.#offsets.clear();
      this.#off.clear();
    }
    this.#ahead = ahead;
  }

  #maySet(): boolean {
    return this.#options.config().metering.setClocks && this.#isTheirs();
  }

  #consider(read: ClockRead): void {
    const { clock, config, settableClock } = this.#options;
    const target = settableClock(read.device);
    if (!target) return;
    const key = target.reach === 'line' ? `bus ${target.bus}` : `device ${read.device}`;
    this.#setAt ??= this.#sentBefore();
    const now = clock.now();
    if (this.#underWay.has(key)) return;
    const setAt = this.#setAt.get(key) ?? null;
    const may = (at: number): boolean => mayBeSet(target.reach, read.offS, setAt, at, cutOf(config())) === 'now';
    if (!may(now)) return;
    this.#underWay.add(key);
    // One after the other: what the wall shows is told when the line is free for it, and that may be minutes later.
    const inTurn = async (): Promise<void> => {
      if (this.#off.get(read.device) === read && may(clock.now())) await this.#set(key, target, read);
    };
    void this.#buses.take(target.bus, inTurn).finally(() => this.#underWay.delete(key));
  }

  /** Not while the clocks of the site agree with each other, and not with ours. */
  #isTheirs(): boolean {
    const { config, log } = this.#options;
    const { devices, profiles } = config();
    const hasClock = new Set([...profiles.values()].filter(isClocked).map(({ id }) => id));
    const clocked = devices.filter(({ enabled, profile }) => enabled && hasClock.has(profile));
    const offsets = clocked.flatMap(({ id }) => this.#offsets.get(id) ?? []);
    const whose = whoseClock(offsets, clocked.length);
    if (whose === 'ours' && !this.#saidOurs) {
      const told = { read: offsets.length, clocks: clocked.length };
      log.error(
        told,
        'most meters show one time, and this machine another: no clock is set; see to the time here (NTP)',
      );
      void this.#audit({ ...told, error: 'most meters show one time, and this machine another' });
    }
    this.#saidOurs = whose === 'ours';
    return whose === 'theirs';
  }

  async #set(key: string, target: SettableClock, read: ClockRead): Promise<void> {
    const { clock, config } = this.#options;
    const now = clock.now();
    const local = localOf(now, config().site.timezone);
    this.#setAt?.set(key, now);
    const about = { key, reach: target.reach, local, because: read.device, offS: read.offS };
    try {
      await target.set(local);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      // What never left may leave in the next look, and is nothing that was done.
      if (error.code === 'unsent') this.#setAt?.delete(key);
      else await this.#audit({ ...about, error: error.message });
      return;
    }
    await this.#audit(about);
    await this.#prove(key, target);
  }

  /** The clocks that were off are read again: whether they are right now is told as whatever their clocks show. */
  async #prove(key: string, { bus, reach }: SettableClock): Promise<void> {
    const { readNow, settableClock } = this.#options;
    const concerned = [...this.#off.values()].filter(({ device }) =>
      reach === 'line' ? settableClock(device)?.bus === bus : key === `device ${device}`,
    );
    for (const { device, point } of concerned) await readNow(device, point);
    const still = concerned.flatMap(({ device }) => this.#off.get(device) ?? []);
    await this.#audit({ key, read: concerned.length, stillOff: still.map(({ device, offS }) => ({ device, offS })) });
  }

  /** Of the last day, before this program was started. */
  #sentBefore(): Map<string, number> {
    const { store, clock } = this.#options;
    const rows = store.audit
      .list(Number.MAX_SAFE_INTEGER, LOOK_BACK_ROWS)
      .filter(({ what, at, detail }) => what === AUDITED && at > clock.now() - DAY_MS && 'local' in detail);
    return new Map(rows.reverse().map(({ detail, at }) => [String(detail['key']), at]));
  }

  async #audit(detail: Readonly<Record<string, unknown>>): Promise<void> {
    const { store, clock, log } = this.#options;
    try {
      await store.write('audit', { at: clock.now(), who: WHO, what: AUDITED, detail });
    } catch (error) {
      if (!mayPass(error)) throw error;
      log.error({ detail, error }, 'what was done to clocks could not be written to the audit');
    }
  }
}

function isClocked({ points }: Profile): boolean {
  return points.some((point) => judgementOf(point) === 'clockOff');
}
