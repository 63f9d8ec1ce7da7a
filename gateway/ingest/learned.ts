/** What a driver has learned is of one device: another one under the same id is learned anew. Pure. */
import type { Knowledge } from '../../drivers/contract.ts';
import { addressOf } from '../config/open-session.ts';
import type { DeviceConfig } from '../config/schema.ts';

type Placed = Pick<DeviceConfig, 'bus' | 'unit' | 'address' | 'profile'>;

/** As it is kept: with where that device is. */
export function toKeep(device: Placed, learned: Knowledge): Knowledge {
  return { ...learned, of: placeOf(device) };
}

/** What was kept, where it is about this device. */
export function knowledgeOf(device: Placed, kept: Knowledge): Knowledge {
  return kept['of'] === undefined || kept['of'] === placeOf(device) ? kept : {};
}

function placeOf(device: Placed): string {
  return [device.bus, addressOf(device), device.profile].join(' ');
}
