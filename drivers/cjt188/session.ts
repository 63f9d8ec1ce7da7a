/** A meter that is being talked to. */
import type {
  Block,
  ClockSetting,
  CommandOutcome,
  DriverCommand,
  Knowledge,
  Link,
  PollResult,
  Reading,
  Session,
  SessionSetup,
} from '../contract.ts';
import { DriverError } from '../errors.ts';
import { itemBlocks, mainItem, type ItemBlock } from './blocks.ts';
import { setClock } from './clock.ts';
import { hexByte, hexWord } from './code-text.ts';
import { MAKER_WRITE, WRITE_DATA } from './control-codes.ts';
import { Master } from './master.ts';
import { badReadings, pointReadings, statusReadings } from './point-reading.ts';
import type { Cjt188Profile } from './profile.ts';
import { readItem, timeIn, type ItemReading } from './read-item.ts';
import {
  afterAnswer,
  afterVain,
  isAbsent,
  parseKnowledge,
  withAnswersAs,
  withSettlementDay,
} from './session-knowledge.ts';
import { runningClock, settlementMoment } from './settlement-moment.ts';
import { operateValve } from './valve.ts';

const SETTLEMENT_DAY = 0x8103;
/** The meter's clock is read anew before a value of a settlement day is, when it was read longer ago. */
const CLOCK_HOLDS_MS = 3_600_000;
const VALVE_ACTIONS: ReadonlyMap<string, 'open' | 'close'> = new Map([
  ['openValve', 'open'],
  ['closeValve', 'close'],
]);

export class Cjt188Session implements Session {
  readonly #profile: Cjt188Profile;
  readonly #master: Master;
  readonly #main: number;
  readonly #blocks = new Map<string, ItemBlock>();
  #known;
  /** What was last handed out to be kept. */
  #told: string;
  /** What the meter's clock showed, and when. */
  #clock: { readonly text: string | null; readonly at: number } | null = null;
  #askedForDay = false;
  #last: Promise<unknown> = Promise.resolve();
  /** In its turn among the polls, as they count the same numbers. */
  readonly clock: ClockSetting = {
    reach: 'device',
    set: (local, link) => {
      const shownAt = link.now();
      return this.#inTurn(() => this.#setClock(local.replace('T', ' '), shownAt, link));
    },
  };

  constructor({ address, profile, knowledge }: SessionSetup<Cjt188Profile>) {
    const { type, wakeUps, diOrder, layout, stBitOrder, strictReplies } = profile.meter;
    const meterType = Number.parseInt(type, 16);
    this.#profile = profile;
    this.#known = parseKnowledge(knowledge);
    this.#master = new Master({ meterType, address, diOrder, layout, stBitOrder, strictReplies, wakeUps }, knowledge);
    this.#main = mainItem(profile);
    this.#told = JSON.stringify(this.#knowledge);
  }

  plan(): readonly Block[] {
    this.#blocks.clear();
    for (const block of itemBlocks(this.#profile, (item) => isAbsent(this.#known, item)))
      this.#blocks.set(block.id, block);
    return [...this.#blocks.values()];
  }

  /** One poll at a time: what the first one finds out, the others need not. */
  poll(block: Block, link: Link): Promise<PollResult> {
    return this.#inTurn(() => this.#poll(block, link));
  }

  async #setClock(text: string, shownAt: number, link: Link): Promise<void> {
    // What it showed before says nothing any more, however this ends.
    this.#clock = null;
    const { time, at } = await setClock(this.#master, link, text, shownAt);
    this.#clock = { text: time.text, at };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }

  async #poll({ id }: Block, link: Link): Promise<PollResult> {
    const block = this.#blocks.get(id);
    if (!block) return { readings: [] };
    const readings = block.di === this.#main ? await this.#readMain(block, link) : await this.#readOther(block, link);
    return { readings, ...this.#learned() };
  }

  async execute({ action }: DriverCommand, link: Link): Promise<CommandOutcome> {
    const wanted = VALVE_ACTIONS.get(action);
    const { valve, points } = this.#profile;
    if (wanted === undefined || valve === undefined) {
      throw new DriverError('config', `${action} is not on the list of what this meter may be told`);
    }
    const control = valve.control === '2A' ? MAKER_WRITE : WRITE_DATA;
    const waits = [valve.motorMs, valve.motorMs, valve.motorMs];
    const { status, at } = await operateValve(this.#master, link, wanted, { control, waits });
    return { seen: statusReadings(points, status, at) };
  }

  prepare(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async #readMain(block: ItemBlock, link: Link): Promise<Reading[]> {
    const reading = await this.#read(link, block.di);
    await this.#learnDay(block, link);
    return this.#readings(block, reading);
  }

  /** A meter that answers to others and not to this does not have it: no reason to take it for lost. */
  async #readOther(block: ItemBlock, link: Link): Promise<Reading[]> {
    if (!this.#master.knowsOrder) await this.#read(link, this.#main);
    await this.#learnMoment(block, link);
    try {
      return this.#readings(block, await this.#read(link, block.di));
    } catch (error) {
      if (!(error instanceof DriverError) || (error.code !== 'refused' && error.code !== 'timeout')) throw error;
      return error.code === 'refused' ? this.#missing(block, error, link) : this.#afterSilence(block, error, link);
    }
  }

  /** Rejects where the meter does not answer to anything else either. */
  async #afterSilence(block: ItemBlock, silence: DriverError, link: Link): Promise<Reading[]> {
    try {
      await this.#read(link, this.#main);
    } catch (error) {
      // What refuses is there; whatever it refuses.
      if (!(error instanceof DriverError) || error.code !== 'refused')
        throw error instanceof DriverError && error.code !== 'closed' ? silence : error;
    }
    if (isAbsent(this.#known, block.id)) return this.#missing(block, silence, link);
    try {
      return this.#readings(block, await this.#read(link, block.di));
    } catch (error) {
      if (!(error instanceof DriverError) || (error.code !== 'refused' && error.code !== 'timeout')) throw error;
      return this.#missing(block, error, link);
    }
  }

  #missing(block: ItemBlock, error: DriverError, link: Link): Reading[] {
    this.#known = afterVain(this.#known, block.id);
    const has = isAbsent(this.#known, block.id) ? 'this meter does not have it' : 'the meter answers, but not to this';
    return badReadings(block.points, `${has}: ${error.message}`, link.now());
  }

  #readings(block: ItemBlock, reading: ItemReading): Reading[] {
    return pointReadings(block.points, reading, {
      at: reading.at,
      settledAt: (ago) => {
        const { settlementDay } = this.#known;
        const clock = this.#clock && runningClock(this.#clock.text, reading.at - this.#clock.at);
        return clock === null || typeof settlementDay !== 'number' ? null : settlementMoment(clock, settlementDay, ago);
      },
    });
  }

  /** What else a value of a settlement day needs in order to have a time. */
  async #learnMoment(block: ItemBlock, link: Link): Promise<void> {
    if (!needsMoment(block) || isAbsent(this.#known, block.id)) return;
    const age = this.#clock === null ? Infinity : link.now() - this.#clock.at;
    if (age < 0 || age > CLOCK_HOLDS_MS) await this.#read(link, this.#main);
    await this.#learnDay(block, link);
  }

  /** Once: from then on the point that tells it does, if the profile has one. */
  async #learnDay(block: ItemBlock, link: Link): Promise<void> {
    if (!needsMoment(block) || this.#askedForDay || this.#known.settlementDay !== undefined) return;
    this.#askedForDay = true;
    try {
      await this.#read(link, SETTLEMENT_DAY);
    } catch (error) {
      // Its values are right without it; only their time is not known.
      if (!(error instanceof DriverError)) throw error;
    }
  }

  /** Rejects with DriverError. */
  async #read(link: Link, di: number): Promise<ItemReading> {
    const reading = await readItem(this.#master, link, di);
    const known = afterAnswer(this.#known, hexWord(di));
    this.#known = withAnswersAs(known, this.#profile.meter.type, hexByte(reading.meterType));
    if (di === this.#main) {
      const time = timeIn(reading);
      this.#clock = { text: time?.isReal === true ? time.text : null, at: reading.at };
    }
    const day = reading.fields.find(({ name }) => name === 'settlementDay');
    if (day?.type === 'number')
      this.#known = withSettlementDay(this.#known, day.value === null ? null : Number(day.value));
    return reading;
  }

  get #knowledge(): Knowledge {
    return { ...this.#known, ...this.#master.knowledge };
  }

  #learned(): Pick<PollResult, 'learned'> {
    const knowledge = this.#knowledge;
    const text = JSON.stringify(knowledge);
    if (text === this.#told) return {};
    this.#told = text;
    return { learned: knowledge };
  }
}

function needsMoment({ points }: ItemBlock): boolean {
  return points.some(({ frozen }) => frozen?.kind === 'settlement');
}
