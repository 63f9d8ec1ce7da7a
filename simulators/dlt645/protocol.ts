/** How frames of DL/T 645 look from outside, both versions: 2007, 5.2. */
import {
  END,
  ENVELOPE,
  FROM_METER,
  FUNCTION_MASK,
  HEAD,
  REFUSED,
  START,
  WAKE_UP,
  openFrame,
  sealFrame,
  soundFrameEnd,
  type Frame,
} from '../../drivers/dlt645/frame.ts';
import type { MessageFault } from '../wire/faults.ts';
import type { LineProtocol } from '../wire/line-device.ts';

const SECOND_START = 7;
const CONTROL = 8;
const LENGTH = 9;
/** 1997 reads with 01H, 2007 with 11H; identifiers have two and four bytes. */
const READ_1997 = 0x01;
const READ_2007 = 0x11;
const TOTAL_1997 = [0x10, 0x90];
const TOTAL_2007 = [0x00, 0x00, 0x01, 0x00];
const OTHER_ERROR = 0x01;

/** Where the wake-up bytes end that begin at `start`. */
function afterWakeUp(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === WAKE_UP) at++;
  return at;
}

/** A frame that comes from a meter is no request, and a damaged one is not heard: 2007, 5.4. */
function requestEnd(bytes: Uint8Array, start: number): number | 'incomplete' | undefined {
  const at = afterWakeUp(bytes, start);
  const has = (offset: number): boolean => at + offset < bytes.length;
  if (!has(0)) return 'incomplete';
  if (bytes[at] !== START || (has(SECOND_START) && bytes[at + SECOND_START] !== START)) return undefined;
  const end = at + ENVELOPE + (bytes[at + LENGTH] ?? 0);
  if (!has(LENGTH) || end > bytes.length) return 'incomplete';
  const isRequest = ((bytes[at + CONTROL] ?? 0) & FROM_METER) === 0;
  return isRequest && bytes[end - 1] === END && soundFrameEnd(bytes, at) === end ? end : undefined;
}

/** What a frame carries; wake-up bytes are passed over. */
export function openWithWakeUp(bytes: Uint8Array): Frame {
  return openFrame(bytes.subarray(afterWakeUp(bytes, 0)));
}

function nextAddress(address: string): string {
  return String((Number(address) + 1) % 1e12).padStart(12, '0');
}

function wrongFrame(frame: Frame, fault: MessageFault): Frame {
  const { control, data } = frame;
  const identifier = (control & FUNCTION_MASK) >= READ_2007 ? TOTAL_2007.length : TOTAL_1997.length;
  switch (fault) {
    case 'failure':
      return {
        ...frame,
        control: (control & ~FUNCTION_MASK & 0x80) | REFUSED | (control & FUNCTION_MASK),
        data: Uint8Array.of(OTHER_ERROR),
      };
    case 'wrongFunction':
      return { ...frame, control: control ^ 0x03 };
    case 'wrongUnit':
      return { ...frame, address: nextAddress(frame.address.replaceAll('a', '0')) };
    case 'wrongItem':
      return { ...frame, data: data.map((byte, i) => (i === identifier - 1 ? byte ^ 0x01 : byte)) };
    case 'wrongDigits':
      return { ...frame, data: data.map((byte, i) => (i === identifier ? byte | 0x0f : byte)) };
    case 'busy':
    case 'wrongTransaction':
      return frame;
  }
}

export const dlt645: LineProtocol = {
  name: 'dlt645',
  requestEnd,
  // Bytes of one frame are at most 500 ms apart: 2007, 5.3.2.
  idleMs: 500,
  checksumAt: (reply) => (reply.length > HEAD ? reply.length - 2 : undefined),
  readdress(request, address) {
    const { control, data } = openWithWakeUp(request);
    const is1997 = control < READ_2007 && control !== 0x08;
    if (control === READ_1997 || control === READ_2007) return sealFrame({ address, control, data });
    const [read, total] = is1997 ? [READ_1997, TOTAL_1997] : [READ_2007, TOTAL_2007];
    return sealFrame({ address, control: read, data: Uint8Array.from(total) });
  },
  distort: (reply, fault) => sealFrame(wrongFrame(openWithWakeUp(reply), fault), afterWakeUp(reply, 0)),
};
