/** How things stand when a sheet is made: alarms that are not normal, devices and buses that are not heard. Pure. */
import type { AlarmNames } from '../../alarms/names.ts';
import { iso } from '../../broker/messages.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { BusStatistics } from '../../statistics.ts';
import type { AlarmRow, DeviceRow } from '../../store/rows.ts';
import type { HandoverSheet, SheetAlarm } from './schema.ts';

/** Longer lists say how many there are, and show so many. */
export const MOST_LISTED = 500;

type NamesOf = (alarm: Pick<AlarmRow, 'alarm' | 'type' | 'source'>) => AlarmNames;
type AlarmLists = Pick<HandoverSheet, 'standing' | 'shelved' | 'suppressed' | 'outOfService'>;

/** `rows`: those that are not normal. One that is hidden for two reasons is in two lists. */
export function alarmLists(rows: readonly AlarmRow[], namesOf: NamesOf): AlarmLists {
  const list = (chosen: readonly AlarmRow[], sayOf: (row: AlarmRow) => Partial<SheetAlarm>) =>
    listed(chosen.map((row) => ({ ...sheetAlarm(row, namesOf), ...sayOf(row) })));
  return {
    standing: list(
      rows.filter(({ shelved, suppressed, outOfService }) => !shelved && !suppressed && !outOfService),
      ({ raisedAt, ackedBy }) => ({ since: iso(raisedAt), by: ackedBy }),
    ),
    shelved: list(
      rows.filter(({ shelved }) => shelved),
      ({ shelving }) => ({
        by: shelving?.by ?? null,
        why: shelving?.reason ?? null,
        until: iso(shelving?.until ?? null),
      }),
    ),
    suppressed: list(
      rows.filter(({ suppressed }) => suppressed),
      ({ suppressedBy }) => ({ hiddenBy: [...suppressedBy] }),
    ),
    outOfService: list(
      rows.filter(({ outOfService }) => outOfService),
      ({ permit }) => ({ by: permit?.by ?? null, why: permit?.text ?? null, since: iso(permit?.since ?? null) }),
    ),
  };
}

function sheetAlarm(row: AlarmRow, namesOf: NamesOf): SheetAlarm {
  const { alarm, source, priority, drill, occurrenceId, letter, raisedAt } = row;
  return {
    ...{ alarm, source, priority, drill, occurrenceId, letter, ...namesOf(row) },
    ...{ since: iso(raisedAt), by: null, why: null, until: null, hiddenBy: [] },
  };
}

/** Those of the configuration that are switched off, or not heard whole. `states`: by device. */
export function troubledDevices(
  { devices }: Pick<SiteConfig, 'devices'>,
  states: ReadonlyMap<string, Pick<DeviceRow, 'state' | 'since' | 'reason'>>,
): HandoverSheet['devices'] {
  const troubled = devices.flatMap(({ id, nameZh = null, location = null, enabled }) => {
    const known = enabled ? states.get(id) : { state: 'disabled', since: null, reason: 'switched off' };
    const { state, since, reason } = known ?? { state: 'unknown', since: null, reason: 'not asked yet' };
    return state === 'online' ? [] : [{ id, nameZh, location, state, since: iso(since), reason }];
  });
  return listed(troubled);
}

export function closedBuses(
  { buses }: Pick<SiteConfig, 'buses'>,
  statistics: readonly Pick<BusStatistics, 'bus' | 'state' | 'reason'>[],
): HandoverSheet['buses'] {
  const names = new Map(buses.map(({ id, nameZh }) => [id, nameZh ?? null]));
  const closed = statistics.filter(({ state }) => state !== 'open');
  return closed.map(({ bus, state, reason }) => ({ id: bus, nameZh: names.get(bus) ?? null, reason: reason ?? state }));
}

export function listed<T>(all: readonly T[]): { total: number; items: T[] } {
  return { total: all.length, items: all.slice(0, MOST_LISTED) };
}
