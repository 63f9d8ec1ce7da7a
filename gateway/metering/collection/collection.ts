/**
 * Takes what the registers of meters showed out of what is polled, judges it, and adds it to the observation: it is stored in the
 * transaction of the poll that it came with, or not at all.
 */
import type { Reading } from '../../../drivers/contract.ts';
import type { Clock } from '../../clock.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { Seen } from '../../ingest/device-task.ts';
import type { NewEvent, NewMeterReading } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';
import { stillHeld } from '../rules/plausible.ts';
import type { Sighting } from '../rules/register.ts';
import { instantOf } from '../rules/zone.ts';
import { cutOf } from '../settings.ts';
import { judged } from '../watch/judgements.ts';
import { dialOf } from './dial.ts';
import { frozenSeen } from './kept-by-meter.ts';
import { countSeen, dialSeen, type Known, type Outcome, type Told } from './polled.ts';
import { registersOf, type PlacedRegister } from './registers.ts';
import { registersShown } from './registers-shown.ts';

export interface CollectionOptions {
  readonly store: Pick<Store, 'meterReadings' | 'meterCounters'>;
  readonly clock: Clock;
  /** Asks for this point once more, as soon as its line is free. */
  readonly readAgain: (device: string, point: string) => void;
}

interface Taken {
  readonly rows: readonly NewMeterReading[];
  readonly events: readonly NewEvent[];
  readonly counter: NonNullable<Seen['observation']['meterCounters']>[number] | null;
  readonly seen: readonly Reading[];
}

const NOTHING: Taken = { rows: [], events: [], counter: null, seen: [] };

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

  /**
   * A person has settled readings of this meter, or noted what it shows: what it says next is judged by that. `dial`: what it shows
   * now, from which pulses are counted on.
   */
  settled(meter: string, dial?: Sighting): void {
    if (dial) this.#known.set(meter, { ...NOTHING_HELD, good: dial, pulses: null });
    else this.#known.delete(meter);
  }

  #takeOne(placed: PlacedRegister, seen: readonly Reading[]): Taken[] {
    return seen.flatMap((reading): Taken[] => {
      if (reading.quality === 'bad') return [];
      if (reading.point === placed.point) return [this.#registerSeen(placed, reading)];
      const frozen = placed.frozen.get(reading.point);
      if (!frozen) return [];
      const { store, clock } = this.#options;
      const clockSlackMs = this.#config.metering.clockBeyondS * 1_000;
      const facts = { readings: store.meterReadings, cut: cutOf(this.#config), clockSlackMs, now: clock.now() };
      const row = frozenSeen(placed, frozen, reading, facts);
      return row ? [{ ...NOTHING, rows: [row] }] : [];
    });
  }

  #registerSeen(placed: PlacedRegister, reading: Reading): Taken {
    const { meter, pulses } = placed;
    const known = this.#known.get(meter.number) ?? this.#remember(placed);
    const outcome = outcomeOf(placed, known, reading);
    if (outcome === null) return NOTHING;
    this.#known.set(meter.number, outcome.known);
    if (outcome.readAgain) this.#options.readAgain(placed.device, placed.point);
    const isSuspect = outcome.reading?.standing === 'suspect';
    const state = outcome.known.pulses;
    return {
      rows: outcome.reading === null ? [] : [{ ...outcome.reading, ...OF_A_POLL, meter: meter.number }],
      events: outcome.event === null ? [] : [eventOf(placed, outcome.event, reading.at)],
      counter: pulses && state && state !== known.pulses ? { ...state, meter: meter.number } : null,
      seen: outcome.reading === null ? [] : [judged('implausible', placed.point, isSuspect, reading.at)],
    };
  }

  #remember({ meter }: PlacedRegister): Known {
    const { clock, store } = this.#options;
    const { meterReadings, meterCounters } = store;
    const now = clock.now();
    const installedAt = instantOf(meter.installedAt, this.#config.site.timezone);
    const good = meterReadings.lastGood(meter.number, now) ?? { value: meter.initial, at: Math.min(installedAt, now) };
    const pulses = meterCounters.of(meter.number) ?? null;
    const doubted = meterReadings.doubted(meter.number, good.at, now);
    const held = stillHeld(meter, good, doubted);
    // Where a person has decided since, what is in doubt again is news.
    const isTold = (held ?? pulses?.doubt ?? null) !== null && doubted.at(-1)?.standing === 'suspect';
    return { good, doubtful: null, held, isTold, pulses };
  }
}

const NOTHING_HELD = { doubtful: null, held: null, isTold: false } as const;

const OF_A_POLL = { quality: 'actual', occasion: null } as const;

/** Null where the reading says nothing of the dial. */
function outcomeOf(placed: PlacedRegister, known: Known, reading: Reading): Outcome | null {
  if (placed.pulses) {
    return typeof reading.value === 'number' ? countSeen(placed, known, reading.value, reading.at) : null;
  }
  const dial = dialOf(placed, reading);
  return dial.ok ? dialSeen(placed, known, { value: dial.value, at: reading.at }) : null;
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
