/** Where a point stands in its device, in words: each protocol has its own kind of address. */
import type { Cjt188Point, Cjt188Profile } from '../../../drivers/cjt188/profile.ts';
import type { Point, Profile } from '../../../drivers/contract.ts';
import type { Dlt645Point, Dlt645Profile } from '../../../drivers/dlt645/profile.ts';
import type { MbusPoint, MbusProfile } from '../../../drivers/mbus/profile.ts';
import type { ModbusPoint } from '../../../drivers/modbus/profile.ts';
import { isModbusProfile } from './modbus-profile.ts';

/** Nothing for a protocol whose addresses have no words here. */
export function placeOf(profile: Profile, { key }: Point): string {
  if (isModbusProfile(profile)) return wordsOf(profile.points, key, modbusPlace);
  if (isDlt645Profile(profile)) return wordsOf(profile.points, key, dlt645Place);
  if (isMbusProfile(profile)) return wordsOf(profile.points, key, mbusPlace);
  if (isCjt188Profile(profile)) return wordsOf(profile.points, key, cjt188Place);
  return '';
}

function wordsOf<P extends Point>(points: readonly P[], key: string, words: (point: P) => string): string {
  const point = points.find((one) => one.key === key);
  return point ? words(point) : '';
}

function isDlt645Profile(profile: Profile): profile is Dlt645Profile {
  return profile.driver === 'dlt645';
}

/** `2007: 0001FF00 tariff 1; 1997: 901F tariff 1`. */
function dlt645Place({ clock, ...point }: Dlt645Point): string {
  if (clock) return 'date and time of the meter';
  const versions = (['2007', '1997'] as const).flatMap((version) => {
    const place = point[version];
    if (place === undefined) return [];
    const words = [place.item, place.part, place.status].filter((word) => word !== undefined);
    return [`${version}: ${words.join(' ')}`];
  });
  return versions.join('; ');
}

function isCjt188Profile(profile: Profile): profile is Cjt188Profile {
  return profile.driver === 'cjt188';
}

/** `901F current`, `901F st bit 5`. */
function cjt188Place({ item, field, bit }: Cjt188Point): string {
  return `${item} ${field}${bit === undefined ? '' : ` bit ${bit}`}`;
}

function isMbusProfile(profile: Profile): profile is MbusProfile {
  return profile.driver === 'mbus';
}

/** `Energy storage 1 tariff 2`, `status powerLow`. */
function mbusPlace(point: MbusPoint): string {
  if ('status' in point) return `status ${point.status}`;
  if ('header' in point) return `header ${point.header}`;
  if ('counter' in point) return `counter ${point.counter.number} ${point.counter.storage} ${point.counter.quantity}`;
  const { quantity, function: kind, storage, tariff, subunit, modifiers, index, telegram } = point.record;
  const places = Object.entries({ storage, tariff, subunit }).filter(([, number]) => number > 0);
  return [
    quantity,
    ...(kind === 'instantaneous' ? [] : [kind]),
    ...places.map(([name, number]) => `${name} ${number}`),
    ...modifiers.map((name) => `[${name}]`),
    ...(index === undefined ? [] : [`index ${index}`]),
    ...(telegram === undefined ? [] : [`telegram ${telegram}`]),
    ...(point.bit === undefined ? [] : [`bit ${point.bit}`]),
  ].join(' ');
}

function modbusPlace({ table, address, bit, width, type, access }: ModbusPoint): string {
  const bits = bit === undefined ? '' : width > 1 ? ` bits ${bit} to ${bit + width - 1}` : ` bit ${bit}`;
  const writes = access === 'r' ? '' : access === 'rw' ? ', can be written' : ', is only written';
  return `${table} ${address}${bits} ${type}${writes}`;
}
