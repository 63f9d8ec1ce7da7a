/** A whole configuration, read and checked: what the rest of the gateway is built from. */
import type { PollClass, Profile } from '../../drivers/contract.ts';
import type { AlarmDefinition } from '../alarms/types.ts';
import type { Registry } from '../metering/registry/registry.ts';
import type { DeviceConfig, PollPeriods, SiteFile } from './schema.ts';

export interface SiteConfig extends Omit<
  SiteFile,
  'devices' | 'deviceFiles' | 'meters' | 'homes' | 'profiles' | 'alarmRules'
> {
  /** Those of the site file, then those of its device files, then the meters on buses, in their order. */
  readonly devices: readonly DeviceConfig[];
  /** By id: every profile that was found, used or not. */
  readonly profiles: ReadonlyMap<string, Profile>;
  /** Every alarm that can occur. */
  readonly alarms: readonly AlarmDefinition[];
  /** Who is billed, and by which meters. */
  readonly registry: Registry;
  /** Of the key that the monitoring station's file holds: another one is a change. */
  readonly stationKeyHash?: string | undefined;
}

/** How often each class of this device's points is read, in milliseconds. */
export function periodsOf(poll: PollPeriods, device: Pick<DeviceConfig, 'poll'>): Readonly<Record<PollClass, number>> {
  const own = device.poll ?? {};
  return {
    alarm: own.alarm ?? poll.alarm,
    fast: own.fast ?? poll.fast,
    normal: own.normal ?? poll.normal,
    slow: own.slow ?? poll.slow,
    rare: own.rare ?? poll.rare,
  };
}
