/** The master's side of Modbus for one device: requests over a Link, on a serial line or on TCP. */
import type { Exchange, Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Codec, Encoded, ReadFunction, Request } from './codec.ts';
import { refusalIn } from './exceptions.ts';
import type { HeardReply } from './frame-reply.ts';
import { diagnoseRtuReply, scanRtuReply, sealRtu, type RtuExpectation } from './frame-rtu.ts';
import { diagnoseTcpReply, scanTcpReply, sealTcp } from './frame-tcp.ts';
import { LATEST_REPLY_MS, stillOwed, tellingCount, type OwedReply } from './owed.ts';
import type { Table } from './profile.ts';
import { isBitTable } from './read.ts';
import { RepeatedReplies } from './repeated-replies.ts';

const READ_FUNCTION: Readonly<Record<Table, ReadFunction>> = { coil: 1, discrete: 2, holding: 3, input: 4 };
const MBAP_LENGTH = 7;
const RTU_ENVELOPE = 3;
const AMBIGUOUS = 'an earlier reply of this device could be taken for the answer';
const MAYBE_COPY = 'this device answers more often than it is asked: what came may be a copy of an earlier reply';
/** Another read of this device may time out while one waits for the line, again and again; then it is dead. */
const MAX_SETTLING = 4;
const UNANSWERED_KEPT = 16;

export interface ReadLimit {
  readonly maxRegisters: number;
  readonly maxBits: number;
  readonly evenRegisters: boolean;
}

/** Bytes of the PDU of a read's normal reply. Modbus Application Protocol V1.1b3, 6.1 to 6.4. */
export function readReplyPdu(table: Table, count: number): number {
  return 2 + (isBitTable(table) ? Math.ceil(count / 8) : 2 * count);
}

export class Master {
  readonly #codec: Codec;
  readonly #unit: number;
  readonly #limit: ReadLimit;
  #transaction: number;
  readonly #repeated: RepeatedReplies;
  /** Of each shape: the last one of the reads that wait for their turn. */
  readonly #turns = new Map<string, Promise<unknown>>();
  #owed: readonly OwedReply[] = [];
  /** Ids on TCP that were sent and not answered in time; the latest last. */
  #unanswered: readonly number[] = [];

  /**
   * `transaction`: the id before the first one on TCP. Starting anywhere but at 0 keeps a reply that was meant for the
   * program before a restart from matching.
   */
  constructor(codec: Codec, unit: number, limit: ReadLimit, transaction = Math.floor(Math.random() * 0x10000)) {
    this.#codec = codec;
    this.#unit = unit;
    this.#limit = limit;
    this.#repeated = new RepeatedReplies(unit);
    this.#transaction = transaction;
  }

  /** Registers as numbers or bits as booleans, `count` of them. Rejects with DriverError. */
  read(link: Link, table: Table, address: number, count: number): Promise<readonly (number | boolean)[]> {
    const read = (): Promise<readonly (number | boolean)[]> => this.#read(link, table, address, count);
    if (!this.#repeated.isSuspected(link.now())) return read();
    return this.#inTurn(`${READ_FUNCTION[table]} ${readReplyPdu(table, count)}`, read);
  }

  /** Reads that wait for the same copies to have come go first come first served. */
  #inTurn<T>(shape: string, read: () => Promise<T>): Promise<T> {
    const mine = (this.#turns.get(shape) ?? Promise.resolve()).then(read);
    const over = mine.catch(() => undefined);
    this.#turns.set(shape, over);
    return mine;
  }

  async #read(link: Link, table: Table, address: number, count: number): Promise<readonly (number | boolean)[]> {
    for (let attempt = 1; ;) {
      await this.#outlastCopies(link, table, count);
      const asked = this.#tellingCount(link.now(), table, count);
      if (asked === null) throw new DriverError('unsent', 'too many late replies may still come from this device');
      try {
        const values = await this.#readOnce(link, table, address, asked);
        if (asked === count) return values;
      } catch (error) {
        if (isAmbiguous(error) && this.#repeated.isSuspected(link.now())) continue;
        const isSettled = asked !== count && isRefusal(error);
        if (!isSettled && (attempt >= MAX_SETTLING || !isAmbiguous(error)))
          throw asked === count ? error : inTelling(error, asked, count);
      }
      attempt += 1;
    }
  }

  /** Resolves when the device has echoed the write. That it took effect is for a read to prove. Rejects with DriverError. */
  async write(link: Link, request: Exclude<Request, { fc: ReadFunction }>): Promise<void> {
    await this.#send(link, request, 5);
  }

  /** The count to ask for so that no late reply can be taken for the answer; null when there is none. */
  #tellingCount(now: number, table: Table, count: number): number | null {
    this.#owed = stillOwed(this.#owed, now);
    if (this.#repeated.isSuspected(now)) return count;
    return tellingCount(this.#owed, READ_FUNCTION[table], count, {
      step: this.#limit.evenRegisters && !isBitTable(table) ? 2 : 1,
      max: isBitTable(table) ? this.#limit.maxBits : this.#limit.maxRegisters,
      lengthOf: (items) => readReplyPdu(table, items) + RTU_ENVELOPE,
    });
  }

  /** Of a device that repeats its replies: waits until neither a copy nor a late reply can be taken for the answer. */
  async #outlastCopies(link: Link, table: Table, count: number): Promise<void> {
    for (let now = link.now(); this.#repeated.isSuspected(now); now = link.now()) {
      const danger = this.#dangerMs(now, table, count);
      if (danger === 0) return;
      await link.wait(Math.ceil(danger));
    }
  }

  #dangerMs(now: number, table: Table, count: number): number {
    const fc = READ_FUNCTION[table];
    const replyLength = readReplyPdu(table, count) + RTU_ENVELOPE;
    const late = stillOwed(this.#owed, now).filter((one) => one.fc === fc && one.replyLength === replyLength);
    return Math.max(this.#repeated.dangerMs(fc, replyLength, now), ...late.map(({ until }) => until - now));
  }

  async #readOnce(link: Link, table: Table, address: number, count: number): Promise<readonly (number | boolean)[]> {
    const fc = READ_FUNCTION[table];
    const replyPdu = readReplyPdu(table, count);
    const replyLength = replyPdu + RTU_ENVELOPE;
    if (link.medium === 'ip') return this.#send(link, { fc, address, count }, replyPdu);
    const leaving = { maybeCopy: false };
    // Another read of this device may have met silence while this one waited for the line, or a copy have been heard.
    const veto = (): string | null => {
      const now = link.now();
      leaving.maybeCopy = this.#repeated.dangerMs(fc, replyLength, now) > 0;
      const isSafe = this.#repeated.isSuspected(now)
        ? this.#dangerMs(now, table, count) === 0
        : this.#tellingCount(now, table, count) === count;
      return isSafe ? null : AMBIGUOUS;
    };
    const outcome = await settled(this.#send(link, { fc, address, count }, replyPdu, veto));
    const isAnswered = !(outcome instanceof DriverError) || isRefusal(outcome);
    const now = link.now();
    const isSuspected = this.#repeated.isSuspected(now);
    if (isAnswered) {
      this.#repeated.answered(fc, outcome instanceof DriverError ? 'refusal' : replyLength, now);
      // Devices answer in order: what was owed has come, or never will. Copies come as they like.
      if (!isSuspected) this.#owed = [];
      if (isSuspected && leaving.maybeCopy) throw new DriverError('foreign', MAYBE_COPY);
    } else if (outcome.code !== 'unsent') {
      this.#owed = [...this.#owed, { fc, replyLength, until: now + LATEST_REPLY_MS }];
    }
    if (outcome instanceof DriverError) throw outcome;
    return outcome;
  }

  async #send(link: Link, request: Request, replyPdu: number, veto?: () => string | null) {
    const encoded = this.#codec(this.#unit, request);
    try {
      if (link.medium === 'ip') return encoded.decode(await this.#overTcp(link, encoded, request, replyPdu));
      const isLate = (heard: HeardReply): boolean =>
        this.#owed.some(
          ({ fc, replyLength }) => fc === heard.fc && (heard.isException || replyLength === heard.length),
        );
      // The reply to a write looks like the request: an adapter that echoes would be taken for a device that repeats.
      const surplus = isEffect(request) ? undefined : this.#repeated;
      const exchange = rtuExchange({ unit: this.#unit, encoded, request, replyPdu, isLate }, { veto, surplus });
      const reply = await link.exchange(exchange);
      return exchange.reply === null ? [] : encoded.decode(reply);
    } finally {
      encoded.release();
    }
  }

  /** The answer as an RTU frame, which is what the codec takes. */
  async #overTcp(link: Link, encoded: Encoded, request: Request, replyPdu: number): Promise<Uint8Array> {
    const transaction = (this.#transaction + 1) & 0xffff;
    this.#transaction = transaction;
    const isLate = (heard: HeardReply): boolean => this.#unanswered.includes(heard.transaction ?? -1);
    const asked = { unit: this.#unit, encoded, request, replyPdu, isLate };
    const outcome = await settled(link.exchange(tcpExchange(asked, transaction)));
    if (!(outcome instanceof DriverError)) return sealRtu(this.#unit, outcome.subarray(MBAP_LENGTH));
    if (outcome.code !== 'unsent') this.#unanswered = [...this.#unanswered.slice(1 - UNANSWERED_KEPT), transaction];
    throw outcome;
  }
}

/** What an exchange came to. */
async function settled<T>(exchange: Promise<T>): Promise<T | DriverError> {
  try {
    return await exchange;
  } catch (error) {
    if (error instanceof DriverError) return error;
    throw error;
  }
}

/** A read that only tells replies apart fails: whoever asked for `count` is told what `asked` is about. */
function inTelling(error: unknown, asked: number, count: number): unknown {
  if (!(error instanceof DriverError) || error.code !== 'foreign') return error;
  const why = `${asked} asked for instead of ${count}, to tell a late reply from the answer`;
  return new DriverError(error.code, `${error.message} (${why})`, error.detail, error.advice);
}

function isRefusal(error: unknown): boolean {
  return error instanceof DriverError && error.isRefusal;
}

function isAmbiguous(error: unknown): boolean {
  return error instanceof DriverError && error.code === 'unsent' && error.message === AMBIGUOUS;
}

function isEffect(request: Request): boolean {
  return !('count' in request);
}

/** FC 5, 6, 15 and 16 repeat address and value, or address and count. */
function echoOf(pdu: Uint8Array, request: Request): Uint8Array | undefined {
  return isEffect(request) ? pdu.subarray(1, 5) : undefined;
}

interface Asked {
  readonly unit: number;
  readonly encoded: Encoded;
  readonly request: Request;
  readonly replyPdu: number;
  readonly isLate: (heard: HeardReply) => boolean;
}

function rtuExchange(asked: Asked, besides: Pick<Exchange, 'veto' | 'surplus'>): Exchange {
  const { unit, encoded, request, replyPdu, isLate } = asked;
  const replyLength = replyPdu + RTU_ENVELOPE;
  const expect: RtuExpectation = {
    ...{ unit, fc: request.fc, replyLength },
    ...{ echoOf: echoOf(encoded.pdu, request), isLate },
  };
  const reply = {
    scan: (received: Uint8Array) => scanRtuReply(received, expect),
    diagnose: (received: Uint8Array) => diagnoseRtuReply(received, expect),
    expectedLength: replyLength,
    refusal: (bytes: Uint8Array) => refusalIn(bytes.subarray(1), request.fc),
  };
  // Unit 0 is the broadcast address of a serial line: everybody obeys, nobody answers. V1.02, 2.2.
  const heard = unit === 0 ? null : reply;
  return { ...besides, request: sealRtu(unit, encoded.pdu), effect: isEffect(request), reply: heard };
}

function tcpExchange({ unit, encoded, request, replyPdu, isLate }: Asked, transaction: number): Exchange {
  const { pdu } = encoded;
  const replyLength = replyPdu + MBAP_LENGTH;
  const expect = { unit, fc: request.fc, transaction, replyLength, echoOf: echoOf(pdu, request), isLate };
  return {
    request: sealTcp(transaction, unit, pdu),
    effect: isEffect(request),
    reply: {
      scan: (received) => scanTcpReply(received, expect),
      diagnose: (received) => diagnoseTcpReply(received, expect),
      expectedLength: replyLength,
      refusal: (bytes) => refusalIn(bytes.subarray(MBAP_LENGTH), request.fc),
    },
  };
}
