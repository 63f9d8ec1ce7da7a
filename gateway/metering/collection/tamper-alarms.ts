/** The alarm of a meter whose register cannot be believed: it goes by the collection's judgement, not by a point of the device. */
import type { Reading } from '../../../drivers/contract.ts';
import { alarmKey, type AlarmDefinition } from '../../alarms/types.ts';
import type { AlarmFile } from '../../alarms/rule-file.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { registersOf, type PlacedRegister } from './registers.ts';

const TYPE = 'meter.tamper';

/** None where the site's rules have no such type. */
export function tamperAlarms(
  config: Pick<SiteConfig, 'registry' | 'devices' | 'profiles'>,
  types: AlarmFile['types'],
): AlarmDefinition[] {
  const settings = Object.hasOwn(types, TYPE) ? types[TYPE] : undefined;
  if (!settings) return [];
  const enabled = new Set(config.devices.filter((device) => device.enabled).map(({ id }) => id));
  const registers = [...registersOf(config).values()].flat().filter(({ device }) => enabled.has(device));
  return registers.map((placed) => {
    const { device, point } = placed;
    const tests = [{ kind: 'in', point: judgementOf(placed), values: [true] }] as const;
    const trigger = { kind: 'points', tests, pulse: null } as const;
    return {
      alarm: alarmKey(device, TYPE, point),
      source: device,
      device,
      type: TYPE,
      channel: point,
      settings,
      trigger,
    };
  });
}

/** What the alarm goes by: no point that is stored or told. */
export function suspectPoint(placed: PlacedRegister, isSuspect: boolean, at: number): Reading {
  return { point: judgementOf(placed), value: isSuspect, quality: 'good', at };
}

/** No profile has a point of such a name. */
function judgementOf({ point }: PlacedRegister): string {
  return `suspect:${point}`;
}
