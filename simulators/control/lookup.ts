/** What a request names, or 404. */
import type { RunningCommunity } from '../community/start.ts';
import type { Device } from '../modbus/device.ts';
import { isModbus } from '../modbus/rtu-device.ts';
import type { Line, Member } from '../wire/line.ts';

export class NotFound extends Error {}

export function findLine({ lines }: RunningCommunity, id: string): Line {
  const line = lines.find((each) => each.id === id);
  if (line === undefined) throw new NotFound(`there is no line ${id}: ${lines.map((each) => each.id).join(', ')}`);
  return line;
}

export function findDevice({ devices }: RunningCommunity, id: string): Member {
  const device = devices.get(id);
  if (device === undefined) throw new NotFound(`there is no device ${id}; GET /state names them`);
  return device;
}

export function lineOf(community: RunningCommunity, device: Member): Line {
  const line = community.lines.find(({ devices }) => devices.some((each) => each.id === device.id));
  if (line === undefined) throw new NotFound(`${device.id} is on no line`);
  return line;
}

/** A device that has words. */
export function findModbusDevice(community: RunningCommunity, id: string): Device {
  const device = findDevice(community, id);
  if (!isModbus(device)) throw new NotFound(`${device.id} is no Modbus device: it has no words`);
  return device;
}
