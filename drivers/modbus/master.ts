/** The master's side of Modbus for one device: requests over a Link, on a serial line or on TCP. */
import type { Exchange, Link } from '../contract.ts';
import { DriverError } from '../errors.ts';
import type { Codec, Encoded, ReadFunction, Request } from './codec.ts';
import { diagnoseRtuReply, scanRtuReply, sealRtu, type RtuExpectation } from './frame-rtu.ts';
import { diagnoseTcpReply, scanTcpReply, sealTcp } from './frame-tcp.ts';
import { LATEST_REPLY_MS, stillOwed, tellingCount, type OwedReply } from './owed.ts';
import type { Table } from './profile.ts';
import { isBitTable } from './read.ts';

const READ_FUNCTION: Readonly<Record<Table, ReadFunction>> = { coil: 1, discrete: 2, holding: 3, input: 4 };
const MBAP_LENGTH = 7;
const RTU_ENVELOPE = 3;
const AMBIGUOUS = 'a late reply of this device could be taken for the answer';
/** Another read of this device may time out while one waits for the line, again and again; then it is dead. */
const MAX_SETTLING = 4;

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
  #owed: readonly OwedReply[] = [];

  /**
   * `transaction`: the id before the first one on TCP. Starting anywhere but at 0 keeps a reply that was meant for the
   * program before a restart from matching.
   */
  constructor(codec: Codec, unit: number, limit: ReadLimit, transaction = Math.floor(Math.random() * 0x10000)) {
    this.#codec = codec;
    this.#unit = unit;
    this.#limit = limit;
    this.#transaction = transaction;
  }

  /** Registers as numbers or bits as booleans, `count` of them. Rejects with DriverError. */
  async read(link: Link, table: Table, address: number, count: number): Promise<readonly (number | boolean)[]> {
    for (let attempt = 1; ; attempt++) {
      const asked = this.#tellingCount(link.now(), table, count);
      if (asked === null) throw new DriverError('unsent', 'too many late replies may still come from this device');
      try {
        const values = await this.#readOnce(link, table, address, asked);
        if (asked === count) return values;
      } catch (error) {
        const settled = asked !== count && isRefusal(error);
        if (!settled && (attempt >= MAX_SETTLING || !isAmbiguous(error))) throw error;
      }
    }
  }

  /** Resolves when the device has echoed the write. That it took effect is for a read to prove. Rejects with DriverError. */
  async write(link: Link, request: Exclude<Request, { fc: ReadFunction }>): Promise<void> {
    await this.#send(link, request, 5);
  }

  /** The count to ask for so that no late reply can be taken for the answer; null when there is none. */
  #tellingCount(now: number, table: Table, count: number): number | null {
    this.#owed = stillOwed(this.#owed, now);
    return tellingCount(this.#owed, READ_FUNCTION[table], count, {
      step: this.#limit.evenRegisters && !isBitTable(table) ? 2 : 1,
      max: isBitTable(table) ? this.#limit.maxBits : this.#limit.maxRegisters,
      lengthOf: (items) => readReplyPdu(table, items) + RTU_ENVELOPE,
    });
  }

  async #readOnce(link: Link, table: Table, address: number, count: number): Promise<readonly (number | boolean)[]> {
    const fc = READ_FUNCTION[table];
    const replyPdu = readReplyPdu(table, count);
    // Another read of this device may have met silence while this one waited for the line.
    const veto = (): string | null => (this.#tellingCount(link.now(), table, count) === count ? null : AMBIGUOUS);
    try {
      const values = await this.#send(link, { fc, address, count }, replyPdu, veto);
      this.#owed = [];
      return values;
    } catch (error) {
      const reply = { fc, replyLength: replyPdu + RTU_ENVELOPE, until: link.now() + LATEST_REPLY_MS };
      if (link.medium === 'line') this.#owed = afterFailedRead(this.#owed, error, reply);
      throw error;
    }
  }

  async #send(link: Link, request: Request, replyPdu: number, veto?: () => string | null) {
    const encoded = this.#codec(this.#unit, request);
    try {
      if (link.medium === 'ip') {
        this.#transaction = (this.#transaction + 1) & 0xffff;
        const reply = await link.exchange(tcpExchange(this.#unit, this.#transaction, encoded, replyPdu, request));
        return encoded.decode(sealRtu(this.#unit, reply.subarray(MBAP_LENGTH)));
      }
      const exchange = rtuExchange(this.#unit, encoded, replyPdu, request, veto);
      const reply = await link.exchange(exchange);
      return exchange.reply === null ? [] : encoded.decode(reply);
    } finally {
      encoded.release();
    }
  }
}

/**
 * An exception is an answer, and in order. After anything else the reply may still come, also where something else was heard
 * instead of it; only what was not sent is not answered.
 */
function afterFailedRead(owed: readonly OwedReply[], error: unknown, reply: OwedReply): readonly OwedReply[] {
  if (isRefusal(error)) return [];
  return error instanceof DriverError && error.code !== 'unsent' ? [...owed, reply] : owed;
}

function isRefusal(error: unknown): boolean {
  return error instanceof DriverError && (error.code === 'refused' || error.code === 'unsupported');
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

function rtuExchange(
  unit: number,
  { pdu }: Encoded,
  replyPdu: number,
  request: Request,
  veto?: () => string | null,
): Exchange {
  const replyLength = replyPdu + RTU_ENVELOPE;
  const expect: RtuExpectation = { unit, fc: request.fc, replyLength, echoOf: echoOf(pdu, request) };
  const reply = {
    scan: (received: Uint8Array) => scanRtuReply(received, expect),
    diagnose: (received: Uint8Array) => diagnoseRtuReply(received, expect),
    expectedLength: replyLength,
  };
  // Unit 0 is the broadcast address of a serial line: everybody obeys, nobody answers. V1.02, 2.2.
  return { request: sealRtu(unit, pdu), effect: isEffect(request), veto, reply: unit === 0 ? null : reply };
}

function tcpExchange(
  unit: number,
  transaction: number,
  { pdu }: Encoded,
  replyPdu: number,
  request: Request,
): Exchange {
  const replyLength = replyPdu + MBAP_LENGTH;
  const expect = { unit, fc: request.fc, transaction, replyLength, echoOf: echoOf(pdu, request) };
  return {
    request: sealTcp(transaction, unit, pdu),
    effect: isEffect(request),
    reply: {
      scan: (received) => scanTcpReply(received, expect),
      diagnose: (received) => diagnoseTcpReply(received, expect),
      expectedLength: replyLength,
    },
  };
}
