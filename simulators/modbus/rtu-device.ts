/** A Modbus device on a serial line: MODBUS over Serial Line V1.02. */
import type { LineAnswer, LineDevice, LineProtocol } from '../wire/line-device.ts';
import type { Member } from '../wire/line.ts';
import { answer } from './answer.ts';
import type { Device } from './device.ts';
import { requestEnd } from './rtu-requests.ts';
import { openRtu, sealRtu } from './seal.ts';
import { harmless, wrongReply } from './wrong-reply.ts';

const BROADCAST = 0;

export const modbusRtu: LineProtocol = {
  name: 'modbus-rtu',
  requestEnd,
  // Well above t3.5 of any baud: what lies between the two ends of a socket is not a wire and may pause.
  idleMs: 50,
  checksumAt: (reply) => reply.length - 1,
  readdress: (request, address) => sealRtu({ unit: Number(address), pdu: harmless(openRtu(request).pdu) }),
  distort: (reply, fault) => sealRtu(wrongReply({ ...openRtu(reply), transaction: 0 }, fault)),
};

/** What `device` makes of one request; every device carries out a broadcast and none answers (2.1). */
function answerRtu(device: Device, request: Uint8Array, now: number): LineAnswer {
  const { unit, pdu } = openRtu(request);
  if (unit === BROADCAST) {
    if (device.rules.ignoresBroadcast !== true) {
      device.advance(now);
      answer(device, pdu, now);
    }
    return 'broadcast';
  }
  if (unit !== device.unit) return 'foreign';
  device.advance(now);
  return { frame: sealRtu({ unit, pdu: answer(device, pdu, now) }), delayMs: device.replyDelayMs };
}

export function isModbus(device: Member): device is Device {
  return !('protocol' in device);
}

/** The same device, as a serial line takes it. */
export function onSerialLine(device: Member): LineDevice {
  if (!isModbus(device)) return device;
  return {
    id: device.id,
    model: device.model,
    address: String(device.unit),
    protocol: modbusRtu,
    serial: device.serial,
    advance: (now) => device.advance(now),
    answer: (request, now) => answerRtu(device, request, now),
  };
}
