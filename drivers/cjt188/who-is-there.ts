/** Everybody who answers a question that several meters may answer, one after the other or at once. */
import type { Link } from '../contract.ts';
import type { Heard } from '../search/by-last-digits.ts';
import { hex } from '../bytes/hex.ts';
import { functionOf, isReply, READ_ADDRESS, READ_DATA } from './control-codes.ts';
import { diBytes, type DiOrder } from './data-identifier.ts';
import { findFrames } from './frame-find.ts';
import { ANY_ADDRESS, openFrame, sealFrame, WAKE_UP, type Frame } from './frame.ts';
import { ADDRESS, READING } from './read-items.ts';

export interface PresentMeter {
  /** T as it answers, which may be another than it listens to. */
  readonly meterType: number;
  /** T as it was asked; AA is any. */
  readonly askedAs: number;
  /** 14 digits. */
  readonly address: string;
}

/** Whom to ask. */
export interface Target {
  /** AA: any. */
  readonly meterType: number;
  /** 14 digits, AA for any two. */
  readonly address: string;
}

/** One way of asking who is there. */
export interface Question {
  readonly control: number;
  readonly di: number;
  readonly diOrder: DiOrder;
}

/** Some meters know the request for their address, some only a reading; some one order of DI, some the other. */
export const QUESTIONS: readonly Question[] = (['high', 'low'] as const).flatMap((diOrder) => [
  { control: READ_ADDRESS, di: ADDRESS, diOrder },
  { control: READ_DATA, di: READING, diOrder },
]);

/** Of a heat meter's reading: the longest answer that is common, wake-up bytes included. */
const LONGEST = 70;
/** Drivers that are switched on and off leave a byte or two on a line; a second answer is longer. */
const STRAY_BYTES = 4;
const ADDRESS_LENGTH = 7;
/** DI0 DI1 SER and an address. */
const ADDRESSED_DATA = 3 + ADDRESS_LENGTH;

/** All that is heard until the line is silent. Rejects with DriverError when the line fails. */
export async function whoIsThere(
  link: Link,
  { meterType, address }: Target,
  { control, di, diOrder }: Question,
  ser: number,
): Promise<Heard<PresentMeter>> {
  const data = Uint8Array.of(...diBytes(di, diOrder), ser & 0xff);
  const heard = await link.exchange({
    request: sealFrame({ meterType, address, control, data }),
    reply: {
      scan: () => ({ state: 'incomplete' }),
      diagnose: () => ({ code: 'timeout', message: 'no meter answers' }),
      expectedLength: LONGEST,
      optional: true,
    },
  });
  return understood(heard, meterType);
}

/** An echo of the request is a whole frame, and no reply. */
function understood(heard: Uint8Array, askedAs: number): Heard<PresentMeter> {
  const found = new Map<string, PresentMeter>();
  let strayBytes = 0;
  let contradicts = false;
  for (const { ok, offset, length } of findFrames(heard)) {
    const bytes = heard.subarray(offset, offset + length);
    if (!ok) {
      strayBytes += bytes.filter((byte) => byte !== WAKE_UP).length;
      continue;
    }
    const frame = openFrame(bytes);
    if (!isReply(frame.control)) continue;
    const address = addressIn(frame);
    if (address === null) contradicts = true;
    else found.set(address, { meterType: frame.meterType, askedAs, address });
  }
  return { found: [...found.values()], garbled: contradicts || strayBytes > (found.size > 0 ? STRAY_BYTES : 1) };
}

/** In the head or, behind DI and SER, in the data. Null where it is none: AA stands for any digits, and several answers may fall together. */
function addressIn({ address, control, data }: Frame): string | null {
  const saysItself = address === ANY_ADDRESS && functionOf(control) === READ_ADDRESS;
  const own = saysItself && data.length === ADDRESSED_DATA ? hex(data.subarray(-ADDRESS_LENGTH).toReversed()) : address;
  return /^(?:..)*aa/.test(own) ? null : own;
}
