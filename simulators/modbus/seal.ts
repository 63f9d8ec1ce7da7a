/** A reply as it goes onto the wire. */
import { crc16Modbus } from '../../drivers/bytes/crc16.ts';

/** What a frame on a serial line carries. */
export interface RtuMessage {
  /** 0 is a broadcast. */
  readonly unit: number;
  readonly pdu: Uint8Array;
}

export interface Reply extends RtuMessage {
  /** Modbus TCP only. */
  readonly transaction: number;
}

/** Unit, PDU, CRC with its low byte first: MODBUS over Serial Line V1.02, 2.5.1. */
export function sealRtu({ unit, pdu }: RtuMessage): Uint8Array {
  const frame = Uint8Array.of(unit, ...pdu, 0, 0);
  const crc = crc16Modbus(frame, 0, frame.length - 2);
  frame.set([crc & 0xff, crc >> 8], frame.length - 2);
  return frame;
}

/** The other way; the CRC is not looked at. */
export function openRtu(frame: Uint8Array): RtuMessage {
  return { unit: frame[0] ?? 0, pdu: frame.slice(1, -2) };
}

/** Transaction, protocol 0, length, unit, PDU: MODBUS Messaging on TCP/IP V1.0b, 3.1.3. */
export function sealTcp({ unit, pdu, transaction }: Reply): Uint8Array {
  const length = pdu.length + 1;
  const number = transaction & 0xffff;
  return Uint8Array.of(number >> 8, number & 0xff, 0, 0, length >> 8, length & 0xff, unit, ...pdu);
}

/** The other way, of one whole frame. */
export function openTcp(frame: Uint8Array): Reply {
  return { transaction: ((frame[0] ?? 0) << 8) | (frame[1] ?? 0), unit: frame[6] ?? 0, pdu: frame.slice(7) };
}
