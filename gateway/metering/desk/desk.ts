/** The clerk's desk: what people decide about readings, note themselves, or have read now. Everything is in the audit. */
import type { Clock } from '../../clock.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { Store } from '../../store/store.ts';
import type { AuditEntry } from '../../store/tables/audit.ts';
import type { LookedAt } from '../collection/collection.ts';
import { registersOf, type PlacedRegister } from '../collection/registers.ts';
import type { Meter, MeterReading } from '../model.ts';
import type { Sighting } from '../rules/register.ts';
import type { Words } from '../rules/words.ts';
import { instantOf } from '../rules/zone.ts';
import { misfit, valueOnDial, wrongTime } from './entered-value.ts';
import { estimateFor } from './estimate-for.ts';
import { readMeterNow, type ReadNowOptions } from './read-now.ts';
import { refuse, type DeskRefused } from './refusals.ts';
import { decided, signed, type Decision } from './settle.ts';

export interface DeskOptions extends ReadNowOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly config: () => SiteConfig;
  /** Asks for this point once more, as soon as its line is free. */
  readonly readAgain: (device: string, point: string) => void;
  /** What is said of a meter next is judged by what people have decided now. Resolves when that is kept. */
  readonly lookedAt: (look: LookedAt) => Promise<void>;
}

export type ReadingOutcome = { readonly ok: true; readonly reading: MeterReading } | DeskRefused;

export interface Signed {
  /** Who asks. Nothing proves it until there is a log-in; the audit keeps it. */
  readonly by: string;
  readonly note: string;
}

export interface EnteredReading extends Signed {
  readonly meter: string;
  readonly value: string;
  /** Unix milliseconds; undefined: now. */
  readonly at?: number | undefined;
  readonly quality: 'manual' | 'estimated';
  readonly occasion: MeterReading['occasion'];
  /** It is right although it does not fit those around it. */
  readonly confirmed: boolean;
}

export interface SettleAsked extends Signed {
  readonly id: number;
  readonly decision: Decision;
  readonly value?: string | undefined;
  /** The value is right although it does not fit those around it. */
  readonly confirmed?: boolean | undefined;
}

/** So many in doubt of one meter are settled in one go. */
const MOST_SUSPECTS = 10_000;

const NO_VALUE: Words = { zh: '请给出表盘读数', en: 'to replace it needs a value, what the dial showed' };
/** Dropped without a word, it would be believed to count. */
const IDLE_VALUE: Words = { zh: '只有替代或估计才需给出读数', en: 'a value goes with replace and estimate alone' };

export class Desk {
  readonly #options: DeskOptions;

  constructor(options: DeskOptions) {
    this.#options = options;
  }

  async settle({ id, decision, value: text, confirmed = false, by, note }: SettleAsked): Promise<ReadingOutcome> {
    const { store, config } = this.#options;
    const reading = store.meterReadings.get(id);
    if (!reading) return refuse('unknownReading');
    const meter = config().registry.meters.get(reading.meter);
    if (!meter && decision !== 'reject') return refuse('unknownMeter', onlyRejected(reading.meter));
    const value = this.#valueFor(meter, reading, decision, text);
    if (value !== null && typeof value !== 'string') return value;
    const seen = text === undefined || value === null ? null : { value, at: reading.at };
    const doubt = meter && seen && misfit(meter, seen, this.#neighbours(meter, reading.at));
    if (doubt && !confirmed) return refuse('implausible', doubt);
    const { settlement, instead } = decided(reading, decision, value, { by, note });
    const entry = this.#entry('meter.settle', by, { reading: id, meter: reading.meter, decision, value, note });
    if (!(await store.write('settleMeterReading', settlement, instead, entry))) return refuse('alreadySettled');
    const believed = decision === 'accept' ? reading : decision === 'replace' ? instead : null;
    if (meter) await this.#lookedAt(meter, believed);
    return { ok: true, reading: store.meterReadings.get(id) ?? reading };
  }

  /** All of one meter that are in doubt: a register that stood still for a week has hundreds. Resolves with how many. */
  async settleAll(number: string, decision: 'accept' | 'reject', { by, note }: Signed): Promise<number | DeskRefused> {
    const { store, config } = this.#options;
    const meter = config().registry.meters.get(number);
    if (!meter) {
      const hasLeft = store.meterReadings.suspectsOf(number, 1).length > 0;
      if (!hasLeft) return refuse('unknownMeter', { zh: number, en: number });
      if (decision !== 'reject') return refuse('unknownMeter', onlyRejected(number));
    }
    for (let settled = 0; ;) {
      const suspects = store.meterReadings.suspectsOf(number, MOST_SUSPECTS);
      const last = suspects.at(-1);
      if (!last) return settled;
      const settlements = suspects.map((reading) => decided(reading, decision, null, { by, note }).settlement);
      const readings = { first: suspects[0]?.id, last: last.id };
      const entry = this.#entry('meter.settleAll', by, { meter: number, decision, note, readings });
      settled += await store.write('settleMeterReadings', settlements, entry);
      if (meter) await this.#lookedAt(meter, decision === 'accept' ? last : null);
      if (suspects.length < MOST_SUSPECTS) return settled;
    }
  }

  /** What a person has read, or estimates. */
  async enter({ meter: number, value: text, at, quality, occasion, confirmed, by, note }: EnteredReading) {
    const { store, clock, config } = this.#options;
    const { registry, site } = config();
    const meter = registry.meters.get(number);
    if (!meter) return refuse('unknownMeter', { zh: number, en: number });
    const seen = valueOnDial(meter, text);
    if (!seen.ok) return refuse('badReading', seen.words);
    const time = at ?? clock.now();
    const wrong = wrongTime(meter, time, clock.now(), site.timezone);
    if (wrong) return refuse('badReading', wrong);
    const doubt = misfit(meter, { value: seen.value, at: time }, this.#neighbours(meter, time));
    if (doubt && !confirmed) return refuse('implausible', doubt);
    const words = signed({ zh: '人工录入', en: 'entered' }, by, note);
    const row = { meter: number, value: seen.value, at: time, quality, standing: 'good', occasion } as const;
    const entry = this.#entry('meter.enter', by, {
      meter: number,
      value: seen.value,
      at: time,
      quality,
      occasion,
      note,
    });
    const [id = 0] = await store.write('addMeterReadings', [{ ...row, notes: [words] }], entry);
    const seenNow = at === undefined && quality === 'manual' ? { value: seen.value, at: time } : undefined;
    await this.#lookedAt(meter, quality === 'manual' ? row : null, seenNow);
    return { ok: true, reading: { ...row, id, notes: [words] } } satisfies ReadingOutcome;
  }

  /** Asks a meter now. */
  async read(number: string, by: string): Promise<ReadingOutcome> {
    const { store, config } = this.#options;
    const meter = config().registry.meters.get(number);
    if (!meter) return refuse('unknownMeter', { zh: number, en: number });
    const placed = this.#placed(number);
    if (!placed) return refuse('notRead', whyNotRead(meter));
    const outcome = await readMeterNow(placed, this.#options);
    const detail = outcome.ok ? { value: outcome.reading.value } : { outcome: outcome.refusal.en };
    await store.write('audit', this.#entry('meter.read', by, { meter: number, ...detail }));
    return outcome;
  }

  /** Asks a meter now, because people move: the reading says so from then on, and parts the bill. */
  async readForMove(number: string, occasion: 'moveIn' | 'moveOut', { by, note }: Signed): Promise<ReadingOutcome> {
    const outcome = await this.read(number, by);
    if (!outcome.ok) return outcome;
    const { store } = this.#options;
    const { id, value } = outcome.reading;
    const words =
      occasion === 'moveIn'
        ? { zh: '入住抄表', en: 'read at moving in' }
        : { zh: '迁出抄表', en: 'read at moving out' };
    const entry = this.#entry('meter.move', by, { reading: id, meter: number, occasion, value, note });
    await store.write('markMove', id, occasion, signed(words, by, note), entry);
    return { ok: true, reading: store.meterReadings.get(id) ?? outcome.reading };
  }

  #valueFor(meter: Meter | undefined, { at }: MeterReading, decision: Decision, text?: string) {
    if (meter === undefined || decision === 'accept' || decision === 'reject')
      return text === undefined ? null : refuse('badReading', IDLE_VALUE);
    if (text === undefined) {
      if (decision === 'replace') return refuse('badReading', NO_VALUE);
      const { store, config } = this.#options;
      return estimateFor(store, config(), meter, at) ?? refuse('noEstimate');
    }
    const seen = valueOnDial(meter, text);
    return seen.ok ? seen.value : refuse('badReading', seen.words);
  }

  #neighbours(meter: Meter, at: number) {
    const { store, config } = this.#options;
    const installed = { value: meter.initial, at: instantOf(meter.installedAt, config().site.timezone) };
    const { meterReadings } = store;
    return [meterReadings.lastGood(meter.number, at) ?? installed, meterReadings.nextGood(meter.number, at) ?? null];
  }

  #placed(number: string): PlacedRegister | undefined {
    const all = [...registersOf(this.#options.config()).values()].flat();
    return all.find(({ meter }) => meter.number === number);
  }

  /** `believed`: what counts from now on; null where nothing does. `dial`: where somebody has just read it. */
  async #lookedAt(meter: Meter, believed: Sighting | null, dial?: Sighting): Promise<void> {
    const { lookedAt, readAgain } = this.#options;
    // Polls went on meanwhile, and said what was counted from another dial.
    const isAnew = believed !== null && this.#isCountedAnew(meter, dial ? Infinity : believed.at);
    await lookedAt({ meter: meter.number, believed, isAnew, dial });
    if (isAnew && meter.place) readAgain(meter.place.device, meter.place.point);
  }

  /** A register that is kept from pulses goes on from the dial, where this is the last that is known of it. */
  #isCountedAnew({ number, place }: Meter, at: number): boolean {
    if (place === null || place.pulseWeight === null) return false;
    const { store, clock } = this.#options;
    const last = store.meterReadings.lastGood(number, clock.now());
    return !last || last.at <= at;
  }

  #entry(what: string, who: string, detail: Readonly<Record<string, unknown>>): AuditEntry {
    return { at: this.#options.clock.now(), who, what, detail };
  }
}

/** What is rejected counts nowhere: that needs no tables. Whether it is right would need the meter's. */
function onlyRejected(number: string): Words {
  return { zh: `${number} 不在表计档案中，只能作废`, en: `${number} is not in the tables any more: reject it` };
}

function whyNotRead({ removedAt }: Meter): Words {
  if (removedAt === null) return { zh: '由人工抄读', en: 'people do' };
  const when = removedAt.replace('T', ' ');
  return { zh: `${when} 已拆除`, en: `it was removed at ${when}` };
}
