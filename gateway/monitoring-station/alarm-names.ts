/** What a report says of an alarm besides its key: its codes, and names for a person. */
import type { SiteConfig } from '../config/site-config.ts';
import type { AlarmCodes, Report } from './report.ts';

export interface AlarmNames {
  /** Of an alarm that no rule makes any more: those of its type, as long as another alarm is of it. */
  readonly codesOf: (alarm: string, type: string) => AlarmCodes | undefined;
  readonly nameOf: (report: Pick<Report, 'source' | 'type'>) => string;
}

export function alarmNames({
  alarms,
  devices,
  equipment,
  buses,
}: Pick<SiteConfig, 'alarms' | 'buses' | 'devices' | 'equipment'>): AlarmNames {
  const byKey = new Map(alarms.map(({ alarm, settings }) => [alarm, settings]));
  const byType = new Map(alarms.map(({ type, settings }) => [type, settings]));
  const places = new Map([...buses, ...devices, ...equipment].map(({ id, nameZh }) => [id, nameZh]));
  return {
    codesOf: (alarm, type) => byKey.get(alarm) ?? byType.get(type),
    nameOf: ({ source, type }) => `${places.get(source) ?? source} ${byType.get(type)?.nameZh ?? type}`,
  };
}
