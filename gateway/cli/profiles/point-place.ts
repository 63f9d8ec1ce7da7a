/** Where a point stands in its device, in words: each protocol has its own kind of address. */
import type { Point, Profile } from '../../../drivers/contract.ts';
import type { ModbusPoint } from '../../../drivers/modbus/profile.ts';
import { isModbusProfile } from './modbus-profile.ts';

/** Nothing for a protocol whose addresses have no words here. */
export function placeOf(profile: Profile, { key }: Point): string {
  const point = isModbusProfile(profile) ? profile.points.find((one) => one.key === key) : undefined;
  return point ? modbusPlace(point) : '';
}

function modbusPlace({ table, address, bit, width, type, access }: ModbusPoint): string {
  const bits = bit === undefined ? '' : width > 1 ? ` bits ${bit} to ${bit + width - 1}` : ` bit ${bit}`;
  const writes = access === 'r' ? '' : access === 'rw' ? ', can be written' : ', is only written';
  return `${table} ${address}${bits} ${type}${writes}`;
}
