/** The Modbus driver: RTU, RTU over TCP, Modbus TCP. It plans, asks and decodes by calling the files beside it. */
import type {
  Block,
  Driver,
  Knowledge,
  Link,
  PollClass,
  PollResult,
  Reading,
  Session,
  SessionSetup,
} from '../contract.ts';
import { DriverError } from '../errors.ts';
import { createCodec } from './codec.ts';
import { decodePoint, registersOf } from './decode.ts';
import { carryOut, setUp, type Conversation } from './carry-out.ts';
import { Master, readReplyPdu } from './master.ts';
import { parseModbusProfile } from './parse-profile.ts';
import { planReads, type ReadPlan } from './plan-reads.ts';
import type { ModbusPoint, ModbusProfile } from './profile.ts';
import type { Read } from './read.ts';
import { SettingsWatch } from './settings-watch.ts';
import { POLL_CLASSES } from '../poll-classes.ts';
import { unitAddressing } from './unit-address.ts';
import { afterRefusal, afterSuccess } from './learn-reads.ts';
import { parseReadKnowledge, type ReadKnowledge } from './read-knowledge.ts';

/** Bytes of a read's request, and what a reply has besides its PDU. Over Serial Line V1.02, 2.5.1; on TCP/IP V1.0b, 3.1.3. */
const FRAME = { line: { request: 8, envelope: 3 }, ip: { request: 12, envelope: 7 } } as const;

/**
 * How often what the device has refused is asked for, alone: it may have been booting, or have been exchanged. A contact that raises
 * alarms must not wait for long.
 */
const REFUSED: Readonly<Record<PollClass, PollClass>> = {
  ...{ alarm: 'normal', fast: 'slow', normal: 'slow', slow: 'slow', rare: 'rare' },
};

// One codec serves all sessions: it holds nothing but the requests that are under way.
const codec = createCodec();

export const modbus: Driver<ModbusProfile> = {
  name: 'modbus',
  addressing: unitAddressing,
  parseProfile: parseModbusProfile,
  open: (setup) => new ModbusSession(setup),
};

class ModbusSession implements Session {
  readonly #setup: SessionSetup<ModbusProfile>;
  readonly #talk: Conversation;
  readonly #points: ReadonlyMap<string, ModbusPoint>;
  readonly #reads = new Map<string, Read>();
  readonly #settings: SettingsWatch;
  #known: ReadKnowledge;

  constructor(setup: SessionSetup<ModbusProfile>) {
    this.#setup = setup;
    const { profile } = setup;
    this.#points = new Map(profile.points.map((point) => [point.key, point]));
    const master = new Master(codec, Number(setup.address), profile.limits);
    this.#talk = { profile, points: this.#points, master, pulsed: new Set() };
    this.#settings = new SettingsWatch(profile);
    this.#known = parseReadKnowledge(setup.knowledge['reads']);
  }

  plan(): readonly Block[] {
    this.#reads.clear();
    return POLL_CLASSES.flatMap((poll) => {
      const { reads, unreadable } = this.#planClass(poll);
      const refused = unreadable.filter(({ reason }) => reason === 'refused');
      return [
        ...reads.map((read) => this.#block(poll, read)),
        ...refused.map(({ read }) => this.#block(REFUSED[poll], read)),
      ];
    });
  }

  async poll(block: Block, link: Link): Promise<PollResult> {
    const read = this.#reads.get(block.id);
    if (!read) return { readings: [] };
    try {
      const data = await this.#talk.master.read(link, read.table, read.address, read.count);
      const readings = this.#decode(read, data, link.now());
      const settingsLost = this.#settings.isLost(readings);
      return {
        readings,
        ...(settingsLost && { settingsLost: true as const }),
        ...this.#learn(afterSuccess(this.#known, read)),
      };
    } catch (error) {
      if (!isAddressRefusal(error)) throw error;
      const learned = this.#learn(afterRefusal(this.#known, read));
      // A read that carried one stretch has nothing left to bisect: its points are not there.
      if (read.stretches === 1) return { readings: missing(read.keys, error, link.now()), ...learned };
      if (!learned.learned) throw error;
      return { readings: [], ...learned };
    }
  }

  execute(command: Parameters<Session['execute']>[0], link: Link) {
    return carryOut(this.#talk, command, link);
  }

  async prepare(link: Link): Promise<readonly string[]> {
    const { held, refused } = await setUp(this.#talk, link);
    this.#settings.begin(held);
    return refused;
  }

  #planClass(poll: Block['poll']): ReadPlan {
    const { profile, cost } = this.#setup;
    const spans = profile.points
      .filter((point) => point.access !== 'w' && point.poll === poll)
      .map((point) => ({ key: point.key, table: point.table, address: point.address, count: registersOf(point) }));
    return planReads(spans, profile.limits, cost, this.#known);
  }

  #block(poll: Block['poll'], read: Read): Block {
    const id = `${poll}-${read.table}-${read.address}-${read.count}`;
    this.#reads.set(id, read);
    const { request, envelope } = FRAME[this.#setup.medium];
    return {
      id,
      poll,
      points: read.keys.flatMap((key) => this.#points.get(key) ?? []),
      requestLength: request,
      replyLength: envelope + readReplyPdu(read.table, read.count),
    };
  }

  #decode(read: Read, data: readonly (number | boolean)[], at: number): Reading[] {
    return read.keys.flatMap((key) => {
      const point = this.#points.get(key);
      if (!point) return [];
      const start = point.address - read.address;
      const own = data.slice(start, start + registersOf(point)) as readonly number[] | readonly boolean[];
      return [{ point: key, at, ...decodePoint(point, own) }];
    });
  }

  /** Keeps what is new, and hands it out to be kept for the next start. */
  #learn(known: ReadKnowledge): { readonly learned?: Knowledge } {
    if (known === this.#known) return {};
    this.#known = known;
    return { learned: { reads: known } };
  }
}

/** Exceptions 02 and 03: the planner's business. Devices do not keep them apart. */
function isAddressRefusal(error: unknown): error is DriverError {
  return error instanceof DriverError && (error.detail === 2 || error.detail === 3);
}

function missing(keys: readonly string[], error: DriverError, at: number): Reading[] {
  return keys.map((point) => ({
    point,
    value: null,
    quality: 'bad',
    reason: `this device does not have it: ${error.message}`,
    at,
  }));
}
