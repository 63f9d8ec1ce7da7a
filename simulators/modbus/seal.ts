/** A reply as it goes onto the wire. */
import { crc16Modbus } from '../../drivers/bytes/crc16.ts';

export interface Reply {
  readonly unit: number;
  readonly pdu: Uint8Array;
  /** Modbus TCP only. */
  readonly transaction: number;
}

/** Unit, PDU, CRC with its low byte first: MODBUS over Serial Line V1.02, 2.5.1. */
export function sealRtu({ unit, pdu }: Reply): Uint8Array {
  const frame = Uint8Array.of(unit, ...pdu, 0, 0);
  const crc = crc16Modbus(frame, 0, frame.length - 2);
  frame.set([crc & 0xff, crc >> 8], frame.length - 2);
  return frame;
}

/** Transaction, protocol 0, length, unit, PDU: MODBUS Messaging on TCP/IP V1.0b, 3.1.3. */
export function sealTcp({ unit, pdu, transaction }: Reply): Uint8Array {
  const length = pdu.length + 1;
  return Uint8Array.of(transaction >> 8, transaction & 0xff, 0, 0, length >> 8, length & 0xff, unit, ...pdu);
}
