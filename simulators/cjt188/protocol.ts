/** CJ/T 188 as a line sees it: FE… 68 T A0…A6 C L DATA CS 16. */
import {
  addressBytes,
  ENVELOPE_LENGTH,
  ERROR_FLAG,
  frameEnd,
  HEADER_LENGTH,
  LENGTH_AT,
  MAX_DATA,
  openFrame,
  sealFrame,
  START,
  WAKE_UP,
  type Frame,
} from '../../drivers/cjt188/frame.ts';
import type { MessageFault } from '../wire/faults.ts';
import type { LineProtocol } from '../wire/line-device.ts';
import { CONTROL } from './request.ts';

export const cjt188: LineProtocol = {
  name: 'cjt188',
  requestEnd,
  idleMs: 200,
  checksumAt: (reply) => {
    const start = wakeUpsOf(reply);
    return start + HEADER_LENGTH + (reply[start + LENGTH_AT] ?? 0);
  },
  readdress: (request, address) => changed(request, (frame) => ({ ...harmless(frame), address })),
  distort: (reply, fault) => changed(reply, (frame) => distorted(frame, fault)),
};

/** How many FE stand before the frame. */
export function wakeUpsOf(bytes: Uint8Array): number {
  const start = bytes.findIndex((byte) => byte !== WAKE_UP);
  return start < 0 ? bytes.length : start;
}

/** A meter stays silent to a frame whose check byte or end is wrong: to the line it is no frame. */
function requestEnd(bytes: Uint8Array, start: number): number | 'incomplete' | undefined {
  const at = start + wakeUpsOf(bytes.subarray(start));
  if (at === bytes.length) return 'incomplete';
  if (bytes[at] !== START) return undefined;
  const length = bytes[at + LENGTH_AT];
  if (length === undefined) return 'incomplete';
  if (length > MAX_DATA) return undefined;
  if (bytes.length < at + ENVELOPE_LENGTH + length) return 'incomplete';
  return frameEnd(bytes, at) ?? undefined;
}

/** The same bytes with another frame in them: what wakes up before it and trails after it stays. */
function changed(bytes: Uint8Array, change: (frame: Frame) => Frame): Uint8Array {
  const start = wakeUpsOf(bytes);
  const end = frameEnd(bytes, start) ?? bytes.length;
  const frame = change(openFrame(bytes.subarray(start, end)));
  return Uint8Array.of(...sealFrame(frame, start), ...bytes.subarray(end));
}

/** A read of the same, or of the current values where it changes something. */
function harmless(frame: Frame): Frame {
  if (frame.control === CONTROL.read || frame.control === CONTROL.readAddress) return frame;
  return { ...frame, control: CONTROL.read, data: Uint8Array.of(0x90, 0x1f, frame.data[2] ?? 0) };
}

function distorted(frame: Frame, fault: MessageFault): Frame {
  const { control, data, address } = frame;
  switch (fault) {
    case 'failure':
      return { ...frame, control: control | ERROR_FLAG, data: Uint8Array.of(data[2] ?? 0, 0, 0) };
    case 'wrongFunction':
      return { ...frame, control: control ^ 0x05 };
    case 'wrongUnit':
      return { ...frame, address: neighbourOf(address) };
    case 'wrongItem':
      return { ...frame, data: replaced(data, 0, 0x90, 0x20) };
    case 'wrongDigits':
      return { ...frame, data: replaced(data, 3, 0x1a) };
    case 'busy':
    case 'wrongTransaction':
      return frame;
  }
}

function replaced(data: Uint8Array, at: number, ...bytes: readonly number[]): Uint8Array {
  return data.map((byte, index) => bytes[index - at] ?? byte);
}

/** Another last digit. */
function neighbourOf(address: string): string {
  const bytes = addressBytes(address);
  const last = bytes[0] ?? 0;
  bytes[0] = (last & 0xf0) | (((last & 0x0f) + 1) % 10);
  return Buffer.from(bytes.toReversed()).toString('hex');
}
