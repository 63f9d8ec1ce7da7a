/**
 * Takes what the registers of meters showed out of what is polled, judges it, and adds it to the observation: it is stored in the
 * transaction of the poll that it came with, or not at all.
 */
import type { Reading } from '../../../drivers/contract.ts';
import type { Clock } from '../../clock.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { Seen } from '../../ingest/device-task.ts';
import type { MeterCounterRow, MeterDoubtRow, NewEvent, NewMeterReading } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { stillDoubted } from '../rules/doubt.ts';
import { scaleOf } from '../rules/plausible.ts';
import type { PulseState } from '../rules/pulses.ts';
import type { Sighting } from '../rules/register.ts';
import { instantOf } from '../rules/zone.ts';
import { cutOf } from '../settings.ts';
import { judged } from '../watch/judgements.ts';
import { dialOf } from './dial.ts';
import { frozenSeen } from './kept-by-meter.ts';
import { countSeen, dialSeen, NO_DOUBT, type Known, type MeterDoubt, type Outcome, type Told } from './polled.ts';
import { registersOf, type PlacedRegister } from './registers.ts';
import { registersShown } from './registers-shown.ts';

export interface CollectionOptions {
  readonly store: Pick<Store, 'meterReadings' | 'meterCounters' | 'meterDoubts'>;
  readonly clock: Clock;
  /** Asks for this point once more, as soon as its line is free. */
  readonly readAgain: (device: string, point: string) => void;
}

interface Taken {
  readonly rows: readonly NewMeterReading[];
  readonly events: readonly NewEvent[];
  readonly counter: Omit<MeterCounterRow, 'isAnew'> | null;
  readonly doubt: MeterDoubtRow | null;
  readonly seen: readonly Reading[];
}

/** What a person has decided about the readings of a meter. */
export interface LookedAt {
  readonly meter: string;
  /** The value that counts now; null where nothing does: readings were rejected, or estimated. */
  readonly believed: Sighting | null;
  /** Whether its pulses are counted anew, from the last good value. */
  readonly isAnew: boolean;
  /** What the dial shows now, where somebody has just read it. */
  readonly dial?: Sighting | undefined;
}

const NOTHING: Taken = { rows: [], events: [], counter: null, doubt: null, seen: [] };

export class Collection {
  readonly #options: CollectionOptions;
  /** By meter number: read from the store when the meter is first heard of. */
  readonly #known = new Map<string, Known>();
  #config: SiteConfig;
  #registers: ReadonlyMap<string, readonly PlacedRegister[]>;

  constructor(config: SiteConfig, options: CollectionOptions) {
    this.#options = options;
    this.#config = config;
    this.#registers = registersOf(config);
  }

  /** What was polled, with what it says of meters. */
  take(polled: Seen): Seen {
    const registers = this.#registers.get(polled.device);
    if (!registers || polled.seen.length === 0) return polled;
    const taken = registers.flatMap((placed) => this.#takeOne(placed, polled.seen));
    const { observation } = polled;
    const rows = taken.flatMap((one) => one.rows);
    return {
      ...polled,
      seen: [...polled.seen, ...taken.flatMap(({ seen }) => seen)],
      observation: {
        ...observation,
        events: [...(observation.events ?? []), ...taken.flatMap(({ events }) => events)],
        meterReadings: rows,
        meterCounters: taken.flatMap(({ counter }) => counter ?? []),
        meterDoubts: taken.flatMap(({ doubt }) => doubt ?? []),
        registers: registersShown(polled.seen, registers, rows),
      },
    };
  }

  /** The registry, or the places of its meters, may have changed. */
  configure(config: SiteConfig): void {
    this.#config = config;
    this.#registers = registersOf(config);
    this.#known.clear();
  }

  /** What the meter says next is judged by what a person has decided. Returns what is in doubt still, to be kept; null: that has not changed. */
  lookedAt({ meter: number, believed, isAnew, dial }: LookedAt): MeterDoubtRow | null {
    const placed = [...this.#registers.values()].flat().find(({ meter }) => meter.number === number);
    if (!placed) return believed === null ? null : { meter: number, doubt: null };
    const { store, clock } = this.#options;
    const known = this.#knownOf(placed);
    const lines = believed === null ? known.doubt.lines : leftInDoubt(placed, known, believed, isAnew);
    const doubt = lines.length === 0 ? NO_DOUBT : { lines, isTold: false };
    const good = dial ?? store.meterReadings.lastGood(number, clock.now()) ?? known.good;
    const newestAt = Math.max(known.newestAt, good.at);
    const counted = isAnew
      ? { pulses: null, before: known.pulses ?? known.before }
      : { pulses: known.pulses, before: known.before };
    this.#known.set(number, { good, newestAt, doubt, asked: null, ...counted });
    return doubtRow(placed, doubt);
  }

  #takeOne(placed: PlacedRegister, seen: readonly Reading[]): Taken[] {
    return seen.flatMap((reading): Taken[] => {
      if (reading.quality === 'bad') return [];
      if (reading.point === placed.point) return [this.#registerSeen(placed, reading)];
      const frozen = placed.frozen.get(reading.point);
      if (!frozen) return [];
      const { store, clock } = this.#options;
      const clockSlackMs = this.#config.metering.clockBeyondS * 1_000;
      const { lines } = this.#knownOf(placed).doubt;
      const facts = { readings: store.meterReadings, lines, cut: cutOf(this.#config), clockSlackMs, now: clock.now() };
      const row = frozenSeen(placed, frozen, reading, facts);
      return row ? [{ ...NOTHING, rows: [row] }] : [];
    });
  }

  #registerSeen(placed: PlacedRegister, reading: Reading): Taken {
    const { meter, pulses } = placed;
    // A box without a clock of its own begins in 1970: what it reads then is of no time that could be billed.
    if (reading.at < this.#installedAt(placed)) return NOTHING;
    const known = this.#knownBefore(placed, reading.at);
    const outcome = outcomeOf(placed, known, reading);
    if (outcome === null) return NOTHING;
    this.#known.set(meter.number, outcome.known);
    if (outcome.readAgain) this.#options.readAgain(placed.device, placed.point);
    const isSuspect = outcome.reading?.standing === 'suspect';
    const { pulses: state, doubt } = outcome.known;
    return {
      rows: outcome.reading === null ? [] : [{ ...outcome.reading, ...OF_A_POLL, meter: meter.number }],
      events: outcome.event === null ? [] : [eventOf(placed, outcome.event, reading.at)],
      counter: pulses && state && state !== known.pulses ? counterRow(placed, state) : null,
      doubt: doubt === known.doubt ? null : doubtRow(placed, doubt),
      seen: outcome.reading === null ? [] : [judged('implausible', placed.point, isSuspect, reading.at)],
    };
  }

  /** What is known before a reading of the time `at`, Unix milliseconds. */
  #knownBefore(placed: PlacedRegister, at: number): Known {
    const known = this.#knownOf(placed);
    if (known.good.at === known.newestAt && known.newestAt <= at) return known;
    // The clock has been set back, or is right again: what was good at a time that has not come yet says nothing.
    const good = this.#lastGood(placed, at);
    return { ...known, good, pulses: known.pulses && { ...known.pulses, at: good.at } };
  }

  #knownOf(placed: PlacedRegister): Known {
    const { number } = placed.meter;
    const found = this.#known.get(number);
    if (found) return found;
    const { meterCounters, meterDoubts } = this.#options.store;
    const good = this.#lastGood(placed, Number.MAX_SAFE_INTEGER);
    const doubt = meterDoubts.of(number) ?? NO_DOUBT;
    const row = meterCounters.of(number);
    const state = countedAt(placed, row);
    const counted = row?.isAnew ? { pulses: null, before: state } : { pulses: state, before: null };
    const known = { good, newestAt: good.at, doubt, asked: null, ...counted };
    this.#known.set(number, known);
    return known;
  }

  #lastGood(placed: PlacedRegister, at: number): Sighting {
    const { number, initial } = placed.meter;
    const last = this.#options.store.meterReadings.lastGood(number, at);
    return last ?? { value: initial, at: Math.min(this.#installedAt(placed), at) };
  }

  #installedAt({ meter }: PlacedRegister): number {
    return instantOf(meter.installedAt, this.#config.site.timezone);
  }
}

const OF_A_POLL = { quality: 'actual', occasion: null } as const;

/** Null where the reading says nothing of the dial. */
function outcomeOf(placed: PlacedRegister, known: Known, reading: Reading): Outcome | null {
  if (placed.pulses) {
    return typeof reading.value === 'number' ? countSeen(placed, known, reading.value, reading.at) : null;
  }
  const dial = dialOf(placed, reading);
  return dial.ok ? dialSeen(placed, known, { value: dial.value, at: reading.at }) : null;
}

function leftInDoubt({ meter, pulses }: PlacedRegister, { good, doubt }: Known, believed: Sighting, isAnew: boolean) {
  // Nothing says at which count it was: it is counted on from there, or the value is of long ago.
  if (pulses) return isAnew ? [] : doubt.lines;
  return stillDoubted(scaleOf(meter), good, doubt.lines, believed);
}

function counterRow({ meter, device, point }: PlacedRegister, { value, count, at }: PulseState) {
  return { meter: meter.number, device, point, value, count, at };
}

/** A meter that was put on another counter is counted anew, from its last good value: what that one stands at says nothing of what has passed. */
function countedAt({ device, point }: PlacedRegister, row: MeterCounterRow | undefined): PulseState | null {
  if (!row || (row.device !== null && (row.device !== device || row.point !== point))) return null;
  return { value: row.value, count: row.count, at: row.at };
}

function doubtRow({ meter }: PlacedRegister, doubt: MeterDoubt): MeterDoubtRow {
  return { meter: meter.number, doubt: doubt === NO_DOUBT ? null : doubt };
}

function eventOf({ meter, device }: PlacedRegister, { type, words }: Told, at: number): NewEvent {
  const { number, home, utility } = meter;
  return {
    domain: 'meter',
    type,
    source: device,
    at,
    data: { meter: number, home, utility, zh: words.zh, en: words.en },
  };
}
