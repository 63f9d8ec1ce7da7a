/** Alarms of the buses themselves. A line that nobody answers on is one trouble, and not as many as it has devices. */
import type { Reading } from '../../drivers/contract.ts';
import type { BusConfig, DeviceConfig } from '../config/schema.ts';
import type { DeviceStateName } from '../store/rows.ts';
import { settingsFor } from './draft.ts';
import { ownAlarm, ownReading } from './own-alarm.ts';
import type { AlarmFile } from './rule-file.ts';
import type { AlarmDefinition } from './types.ts';

const POINT = 'offline';

/** What stands for a bus where a device is named: no device has an id with a colon. */
export function busAsDevice(bus: string): string {
  return `bus:${bus}`;
}

/**
 * What the alarms of a bus go by. It is offline while it is not connected, and while every one of at least two devices on it is:
 * `devices`: the states of those that are polled on it. Then it is the line that is cut, for a single one may be broken itself.
 * While nobody on it was heard and somebody was not asked for long enough, as after a start, nobody knows.
 */
export function busReading(isConnected: boolean, devices: readonly DeviceStateName[], at: number): Reading {
  const value = isConnected ? isSilent(devices) : true;
  if (value !== null) return ownReading(POINT, value, at);
  return { point: POINT, value, quality: 'bad', reason: 'not every device on it has been asked yet', at };
}

/** Null: not known. */
function isSilent(devices: readonly DeviceStateName[]): boolean | null {
  const isAlone = devices.length < 2;
  if (isAlone || devices.some((state) => state === 'online' || state === 'degraded')) return false;
  return devices.every((state) => state === 'offline') ? true : null;
}

/** Of the buses that somebody is polled on. `ofDevices`: the alarms that their devices can raise. */
export function busAlarms(
  buses: readonly Pick<BusConfig, 'id'>[],
  devices: readonly Pick<DeviceConfig, 'id' | 'bus' | 'enabled'>[],
  ofDevices: readonly AlarmDefinition[],
  file: AlarmFile,
): AlarmDefinition[] {
  const polled = devices.filter(({ enabled }) => enabled);
  const carriers = new Set(ofDevices.filter(({ trigger }) => trigger.kind === 'points').map(({ device }) => device));
  return buses.flatMap(({ id }) => {
    const mine = polled.filter(({ bus }) => bus === id);
    if (mine.length === 0) return [];
    const carriesAlarms = mine.some((device) => carriers.has(device.id));
    return file.rules.buses.flatMap(({ type, carriesAlarms: wanted = carriesAlarms, set }): AlarmDefinition[] => {
      const settings = settingsFor(file, type, set);
      if (!settings || wanted !== carriesAlarms) return [];
      return [ownAlarm({ source: id, device: busAsDevice(id), type, point: POINT }, settings)];
    });
  });
}
