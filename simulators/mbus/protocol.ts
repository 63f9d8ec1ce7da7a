/** M-Bus as a line sees it: short frames 10 C A CS 16, long frames 68 L L 68 C A CI … CS 16, and E5. EN 13757-2. */
import {
  ACK,
  announcedLength,
  endOfFrame,
  LONG_START,
  openFrame,
  sealLong,
  sealShort,
  SHORT_LENGTH,
  SHORT_START,
} from '../../drivers/mbus/frame.ts';
import type { MessageFault } from '../wire/faults.ts';
import type { LineProtocol } from '../wire/line-device.ts';
import { CI, CONTROL, ERROR, TEST_ADDRESS } from './codes.ts';

export const mbus: LineProtocol = {
  name: 'mbus',
  requestEnd,
  idleMs: 200,
  checksumAt: (reply) => (reply[0] === ACK ? undefined : reply.length - 2),
  // The test address reaches every slave, and without FCV nothing changes in it.
  readdress: () => sealShort(CONTROL.reqUd2 & ~CONTROL.fcv, TEST_ADDRESS),
  distort,
};

const HEAD = 4;

function requestEnd(bytes: Uint8Array, start: number): number | 'incomplete' | undefined {
  const first = bytes[start];
  const has = bytes.length - start;
  if (first !== SHORT_START && first !== LONG_START) return undefined;
  if (has < (first === SHORT_START ? SHORT_LENGTH : HEAD)) return 'incomplete';
  const length = announcedLength(bytes, start);
  if (length === null) return undefined;
  return has < length ? 'incomplete' : (endOfFrame(bytes, start) ?? undefined);
}

/** An acknowledgement says nothing that could be wrong. */
function distort(reply: Uint8Array, fault: MessageFault): Uint8Array {
  const frame = openFrame(reply);
  if (frame.kind !== 'long') return reply;
  const { control, address, ci, data } = frame;
  switch (fault) {
    case 'failure':
      return sealLong(control, address, CI.applicationError, Uint8Array.of(ERROR.unspecified));
    case 'busy':
      return sealLong(control, address, CI.applicationError, Uint8Array.of(ERROR.busy));
    case 'wrongFunction':
      return sealLong(control ^ 0x01, address, ci, data);
    case 'wrongUnit':
      return sealLong(control, (address % 250) + 1, ci, data);
    case 'wrongItem':
      return sealLong(control, address, ci, firstRecord(ci, data, { vif: 0x78 }));
    case 'wrongDigits':
      return sealLong(control, address, ci, firstRecord(ci, data, { low: 0x1a }));
    case 'wrongTransaction':
      return reply;
  }
}

const HEADER = 12;
const EXTENSION = 0x80;

/** The same data with another VIF, or another lowest byte, in the first record. */
function firstRecord(
  ci: number,
  data: Uint8Array,
  change: { readonly vif?: number; readonly low?: number },
): Uint8Array {
  if (ci !== CI.variable) return data;
  const vifAt = afterExtensions(data, HEADER);
  const valueAt = afterExtensions(data, vifAt);
  return data.map((byte, at) => {
    if (at === vifAt) return change.vif ?? byte;
    return at === valueAt ? (change.low ?? byte) : byte;
  });
}

function afterExtensions(data: Uint8Array, from: number): number {
  let at = from;
  while (((data[at] ?? 0) & EXTENSION) !== 0) at++;
  return at + 1;
}
