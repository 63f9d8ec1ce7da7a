/** Watches what meters say of themselves: covers that were opened, supplies that are cut off, clocks that are off. */
import type { Reading } from '../../../drivers/contract.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { Seen } from '../../ingest/device-task.ts';
import type { NewEvent } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import type { Words } from '../rules/words.ts';
import { clockRulesOf } from '../settings.ts';
import { judgeClock, type ClockJudgement } from '../rules/meter-clock.ts';
import type { ClockRead } from './clock-setter.ts';
import { judged, judgedAlarm, judgementOf, type Judgement } from './judgements.ts';
import { isCutOff, isCutOffByUs } from './supply.ts';

export interface WatchOptions {
  readonly store: {
    readonly points: Pick<Store['points'], 'lastGoodNumbers'>;
    readonly alarms: Pick<Store['alarms'], 'get'>;
    readonly commands: Pick<Store['commands'], 'list'>;
  };
  readonly onClock: (clock: ClockRead) => void;
}

interface Found {
  readonly isSo: boolean;
  readonly event?: Pick<NewEvent, 'type' | 'data'>;
}

export class MeterWatch {
  readonly #options: WatchOptions;
  #config: SiteConfig;
  #watched: ReadonlyMap<string, ReadonlyMap<string, Judgement>>;
  /** The last count of each cover's openings, by device and point. */
  readonly #openings = new Map<string, number>();
  /** Whether a clock has been told to be off, by device and point. */
  readonly #clocksOff = new Map<string, boolean>();

  constructor(config: SiteConfig, options: WatchOptions) {
    this.#options = options;
    this.#config = config;
    this.#watched = watchedIn(config);
  }

  configure(config: SiteConfig): void {
    this.#config = config;
    this.#watched = watchedIn(config);
  }

  /** What was polled, with what is found in it. */
  take(polled: Seen): Seen {
    const watched = this.#watched.get(polled.device);
    if (!watched) return polled;
    const seen: Reading[] = [];
    const events: NewEvent[] = [];
    for (const reading of polled.seen) {
      const judgement = reading.quality === 'bad' ? undefined : watched.get(reading.point);
      const found = judgement && this.#judge(polled.device, judgement, reading);
      if (!judgement || !found) continue;
      seen.push(judged(judgement, reading.point, found.isSo, reading.at));
      if (found.event) events.push({ ...found.event, domain: 'meter', source: polled.device, at: reading.at });
    }
    if (seen.length === 0) return polled;
    const { observation } = polled;
    return {
      ...polled,
      seen: [...polled.seen, ...seen],
      observation: { ...observation, events: [...(observation.events ?? []), ...events] },
    };
  }

  #judge(device: string, judgement: Judgement, reading: Reading): Found | null {
    switch (judgement) {
      case 'opened':
        return this.#opened(device, reading);
      case 'supplyOff':
        return { isSo: isCutOff(reading) && !isCutOffByUs(this.#options.store.commands, device, reading.at) };
      case 'clockOff':
        return this.#clockRead(device, reading);
      case 'implausible':
        return null;
    }
  }

  /** What was counted before the gateway first looked happened in the factory. */
  #opened(device: string, { point, value }: Reading): Found | null {
    if (typeof value !== 'number') return null;
    const key = keyOf(device, point);
    const before = this.#openings.get(key) ?? this.#options.store.points.lastGoodNumbers(device).get(point);
    this.#openings.set(key, value);
    const times = before === undefined ? 0 : value - before;
    if (times <= 0) return { isSo: false };
    const words = {
      zh: `表盖又被打开 ${times} 次（累计 ${value} 次）`,
      en: `a cover was opened ${times === 1 ? 'once' : `${times} times`} more (${value} in all)`,
    };
    return { isSo: true, event: { type: 'coverOpened', data: { point, times, count: value, ...words } } };
  }

  #clockRead(device: string, { point, meterTime, at }: Reading): Found | null {
    // By a box that has no clock of its own, and no time from anywhere yet, every meter would be decades off.
    if (meterTime === undefined || at < NO_TIME_YET) return null;
    const { store, onClock } = this.#options;
    const judgement = judgeClock({ meterTime, at }, clockRulesOf(this.#config));
    const key = keyOf(device, point);
    const wasOff =
      this.#clocksOff.get(key) ?? store.alarms.get(judgedAlarm(device, 'clockOff', point))?.active === true;
    const isOff = judgement.kind === 'off';
    this.#clocksOff.set(key, isOff);
    onClock({ device, point, offS: isOff ? judgement.offS : 0 });
    if (isOff === wasOff) return { isSo: isOff };
    const { offS } = judgement;
    const event = { type: isOff ? 'clockOff' : 'clockRight', data: { point, meterTime, offS, ...wordsOf(judgement) } };
    return { isSo: isOff, event };
  }
}

/** No meter was read before this was written. */
const NO_TIME_YET = Date.UTC(2026, 0, 1);

function wordsOf(judgement: ClockJudgement): Words {
  return judgement.kind === 'off' ? judgement.words : { zh: '表内时钟已正确', en: "the meter's clock is right again" };
}

function keyOf(device: string, point: string): string {
  return `${device} ${point}`;
}

/** By device, its points by key. */
function watchedIn({ devices, profiles }: SiteConfig): ReadonlyMap<string, ReadonlyMap<string, Judgement>> {
  const ofProfile = new Map(
    [...profiles].map(([id, { points }]) => {
      const judged = points.flatMap((point) => {
        const judgement = judgementOf(point);
        return judgement === null ? [] : [[point.key, judgement] as const];
      });
      return [id, new Map(judged)] as const;
    }),
  );
  return new Map(
    devices.flatMap(({ id, profile }) => {
      const judged = ofProfile.get(profile);
      return judged && judged.size > 0 ? [[id, judged] as const] : [];
    }),
  );
}
