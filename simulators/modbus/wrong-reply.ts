/** Mistakes that a Modbus device can make in a reply that is sound otherwise. */
import type { MessageFault } from '../wire/faults.ts';
import { exceptionPdu } from './answer.ts';
import { EXCEPTION } from './device.ts';
import type { Reply } from './seal.ts';

export function wrongReply(reply: Reply, fault: MessageFault): Reply {
  const code = reply.pdu[0] ?? 0;
  switch (fault) {
    case 'failure':
      return { ...reply, pdu: exceptionPdu(code, EXCEPTION.deviceFailure) };
    case 'busy':
      return { ...reply, pdu: exceptionPdu(code, EXCEPTION.deviceBusy) };
    case 'wrongFunction':
      return { ...reply, pdu: Uint8Array.of((code % 16) + 1, ...reply.pdu.subarray(1)) };
    case 'wrongUnit':
      return { ...reply, unit: anotherUnit(reply.unit) };
    case 'wrongTransaction':
      return { ...reply, transaction: reply.transaction + 1 };
    case 'wrongItem':
    case 'wrongDigits':
      return reply;
  }
}

export function anotherUnit(unit: number): number {
  return (unit % 247) + 1;
}

/** A read of the same, or of one register where `pdu` changes something: a neighbour does not carry out what it was not asked. */
export function harmless(pdu: Uint8Array): Uint8Array {
  return (pdu[0] ?? 0) <= 0x04 ? pdu : Uint8Array.of(0x03, 0, 0, 0, 1);
}
