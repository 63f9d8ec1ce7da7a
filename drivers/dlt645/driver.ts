/** The DL/T 645 driver: electricity meters of 2007 and 1997. It plans, asks and decodes by calling the files beside it. */
import type {
  Block,
  CommandOutcome,
  Driver,
  DriverCommand,
  Knowledge,
  Link,
  PollResult,
  Session,
  SessionSetup,
} from '../contract.ts';
import { DriverError } from '../errors.ts';
import { lengthsOf } from './ask-length.ts';
import type { Version } from './control-codes.ts';
import { detectVersion } from './detect-version.ts';
import { freezeNow } from './freeze-now.ts';
import { clockSetting } from './meter-clock.ts';
import {
  afterAnswer,
  afterRefusal,
  afterUselessBlock,
  isUnsupported,
  parseMeterKnowledge,
  type MeterKnowledge,
} from './meter-knowledge.ts';
import { parseDlt645Profile } from './parse-profile.ts';
import { whoAnswers } from './presence.ts';
import { planAsks, pointsOf, type Ask } from './plan-asks.ts';
import { badReading, isUnlabelled } from './point-reading.ts';
import { printedAddressing } from './printed-address.ts';
import type { Dlt645Profile } from './profile.ts';
import { readAsk } from './read-ask.ts';
import { readItem, type ItemRead } from './read-item.ts';
import { carryOutRelay } from './relay-actions.ts';
import type { Meter } from './requests.ts';
import { SettlementClock } from './settlement-clock.ts';

/** So many silences in a row, and it may be another meter that speaks the other version. */
const DOUBTFUL = 3;
/** Of a silent meter whose version is known, every so many looks are for the other one: they take the line's time twice. */
const LOOK_FOR_OTHER = 4;

export const dlt645: Driver<Dlt645Profile> = {
  name: 'dlt645',
  addressing: printedAddressing,
  parseProfile: parseDlt645Profile,
  open: (setup) => new Dlt645Session(setup),
};

class Dlt645Session implements Session {
  readonly #setup: SessionSetup<Dlt645Profile>;
  readonly #asks = new Map<string, Ask>();
  readonly #settlementClock = new SettlementClock();
  readonly clock = clockSetting;
  #known: MeterKnowledge;
  /** What has been handed out to be kept. */
  #kept: MeterKnowledge;
  #silent = 0;
  #looks = 0;

  constructor(setup: SessionSetup<Dlt645Profile>) {
    this.#setup = setup;
    this.#known = this.#kept = parseMeterKnowledge(setup.knowledge);
  }

  plan(): readonly Block[] {
    this.#asks.clear();
    return planAsks(this.#setup.profile.points, this.#known).map((ask) => {
      this.#asks.set(ask.id, ask);
      const { id, poll, what, absent, version } = ask;
      return { id, poll, points: [...pointsOf(what), ...absent], ...lengthsOf(what, version) };
    });
  }

  async poll({ id }: Block, link: Link): Promise<PollResult> {
    const ask = this.#asks.get(id);
    if (!ask) return { readings: [] };
    const version = this.#known.version ?? (await this.#identify(link));
    // The plan was made for another version: there is another one to come.
    if (version !== ask.version) return { readings: [], ...this.#taught() };
    try {
      const meter = this.#meter(version);
      const item = (di: string): Promise<ItemRead | DriverError> => this.#read(link, meter, di);
      const readings = await readAsk({ link, meter, item, settlementClock: this.#settlementClock }, ask.what);
      this.#silent = 0;
      const why = `DL/T 645-${version} has no such item`;
      const absent = ask.absent.map((point) => badReading(point, link.now(), why));
      return { readings: [...readings, ...absent], ...this.#taught() };
    } catch (error) {
      if (error instanceof DriverError) this.#silent = silencesAfter(error, this.#silent);
      throw error;
    }
  }

  async execute({ action: key }: DriverCommand, link: Link): Promise<CommandOutcome> {
    const { profile } = this.#setup;
    const action = profile.actions.find((one) => one.key === key);
    if (!action) throw new DriverError('config', `${profile.id} has no command ${key}`);
    const version = this.#known.version ?? (await this.#identify(link));
    const meter = this.#meter(version);
    if (action.relay === undefined) return { seen: await freezeNow(link, meter, profile.points) };
    return { seen: await carryOutRelay(link, meter, profile, action.relay) };
  }

  /** Which version it speaks, where that is not known or not believed any more. There is nothing to set up. */
  async prepare(link: Link): Promise<readonly string[]> {
    this.#settlementClock.forget();
    if (this.#known.version === undefined || this.#silent >= DOUBTFUL) await this.#identify(link);
    return [];
  }

  #meter(version: Version): Meter {
    return { address: this.#setup.address, version };
  }

  async #identify(link: Link): Promise<Version> {
    const { address } = this.#setup;
    const { version: before } = this.#known;
    this.#looks += 1;
    if (before !== undefined && this.#looks % LOOK_FOR_OTHER !== 0) {
      await whoAnswers(link, address, before);
      this.#silent = 0;
      return before;
    }
    const version = await detectVersion(link, address, before);
    this.#silent = 0;
    // What another meter has refused says nothing of this one.
    if (version !== before) this.#known = { version, refusals: {} };
    return version;
  }

  /** Asks until the meter answers or is believed not to have it: a single refusal may be a late one to another request. */
  async #read(link: Link, meter: Meter, di: string): Promise<ItemRead | DriverError> {
    for (;;) {
      try {
        const item = await readItem(link, meter, di);
        this.#known = isUnlabelled(item) ? afterUselessBlock(this.#known, di) : afterAnswer(this.#known, di);
        return item;
      } catch (error) {
        if (!(error instanceof DriverError) || error.code !== 'unsupported') throw error;
        this.#known = afterRefusal(this.#known, di);
        if (isUnsupported(this.#known, di)) return error;
      }
    }
  }

  /** What is new since it was last handed out, to be kept for the next start. */
  #taught(): { readonly learned?: Knowledge } {
    if (this.#known === this.#kept) return {};
    this.#kept = this.#known;
    return { learned: { ...this.#known } };
  }
}

/** What was never sent says nothing of the meter. */
function silencesAfter({ code }: DriverError, before: number): number {
  if (code === 'unsent' || code === 'closed') return before;
  return code === 'timeout' ? before + 1 : 0;
}
