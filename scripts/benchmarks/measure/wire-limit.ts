/** What a serial line allows, from the standard alone: nothing here is the gateway's own arithmetic. */

export interface RtuRead {
  readonly baud: number;
  readonly registers: number;
  /** From the request's end to the reply's start. */
  readonly replyDelayMs: number;
}

/** 8N1: start bit, eight data bits, stop bit. */
const BITS_PER_BYTE = 10;
/** Unit, function, address, count, CRC; unit, function, byte count, CRC. */
const REQUEST_BYTES = 8;
const REPLY_ENVELOPE_BYTES = 5;

export function byteMs(baud: number): number {
  return (BITS_PER_BYTE * 1000) / baud;
}

/** From the request's first byte to the reply's last, in milliseconds. */
export function rtuReadMs({ baud, registers, replyDelayMs }: RtuRead): number {
  const bytes = REQUEST_BYTES + REPLY_ENVELOPE_BYTES + 2 * registers;
  // A device knows that the request is over only from the silence after it.
  return bytes * byteMs(baud) + Math.max(replyDelayMs, silenceMs(baud));
}

/** What one read takes of the line: itself, and the silence before the next. */
export function rtuSlotMs(read: RtuRead): number {
  return rtuReadMs(read) + silenceMs(read.baud);
}

/** 3.5 characters up to 19,200 baud: Modbus over Serial Line V1.02, 2.5.1.1. */
function silenceMs(baud: number): number {
  if (baud > 19_200) throw new RangeError('above 19,200 baud the silence is 1.75 ms, which no benchmark needs');
  return 3.5 * byteMs(baud);
}

/** 8E1: start bit, eight data bits, parity, stop bit. */
const BITS_PER_BYTE_8E1 = 11;
/** Wake-up bytes, frame, identifier; the reply has four bytes of BCD besides. DL/T 645-2007, 5.2, 7.1. */
const DLT645_REQUEST_BYTES = 4 + 12 + 4;
const DLT645_REPLY_BYTES = DLT645_REQUEST_BYTES + 4;

/** A read of one energy, from the request's first byte to the reply's last, in milliseconds. */
export function dlt645ReadMs(baud: number, replyDelayMs: number): number {
  return ((DLT645_REQUEST_BYTES + DLT645_REPLY_BYTES) * BITS_PER_BYTE_8E1 * 1000) / baud + replyDelayMs;
}
