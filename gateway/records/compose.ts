/** The report of one occurrence, from what the store and the configuration have of it. */
import type { SiteConfig } from '../config/site-config.ts';
import type { OccurrenceRow } from '../store/occurrence.ts';
import type { EventRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { AROUND_MS, eventsOf, neighboursOf, relatedTo, silencesOf } from './gather.ts';
import type { IncidentPlace, IncidentReport, IncidentStep, NamedOccurrence, NamedPerson } from './incident-report.ts';
import { remarksOn } from './remarks.ts';

export interface ReportSources {
  readonly store: Pick<Store, 'events' | 'occurrences' | 'alarms' | 'devices' | 'gaps' | 'outages'>;
  readonly config: SiteConfig;
  readonly version: string;
  /** Unix milliseconds. */
  readonly now: number;
}

const MOST_GAPS = 1_000;

export async function composeReport(
  { store, config, version, now }: ReportSources,
  row: OccurrenceRow,
): Promise<IncidentReport> {
  const { events, occurrences, alarms, devices, gaps } = store;
  const name = namer(config);
  const definition = config.alarms.find(({ alarm }) => alarm === row.alarm);
  const place = placeOf(row.source, alarms.get(row.alarm)?.device ?? definition?.device ?? null, config);
  const timeline = (await eventsOf(store, row)).map(stepOf);
  const related = await relatedTo(events, row, now);
  const end = row.closedAt ?? now;
  const lost = gaps.list(MOST_GAPS).filter((gap) => gap.from <= end && gap.to >= row.beganAt - AROUND_MS);
  const down = store.outages.list(row.beganAt - AROUND_MS, end, MOST_GAPS);
  const silentPlaces = [place.device, place.bus].filter((id) => id !== null);
  const silences = silencesOf(occurrences, row, silentPlaces, now).map(name);
  const deviceRow = place.device === null ? undefined : devices.get(place.device);
  return {
    site: { id: config.site.id, nameZh: config.site.nameZh, timezone: config.site.timezone },
    ...{ version, writtenAt: now, occurrence: name(row), guidanceZh: definition?.settings.guidanceZh ?? null, place },
    people: actorsOf(timeline, config),
    ...{ timeline, related: related.events, neighbours: neighboursOf(occurrences, row).map(name), silences },
    deviceNow: deviceRow ? { state: deviceRow.state, reason: deviceRow.reason, sinceAt: deviceRow.since } : null,
    gaps: lost.map(({ from, to, reason }) => ({ fromAt: from, toAt: to, reason })).reverse(),
    outages: down.map(({ from, to }) => ({ fromAt: from, toAt: to })),
    remarks: remarksOn({
      ...{ row, timeline, isWhole: related.isWhole },
      ...{ silences: silences.length, gaps: lost.length, outages: down.length },
    }),
  };
}

function actorsOf(timeline: readonly IncidentStep[], { people }: SiteConfig): NamedPerson[] {
  const acted = new Set(timeline.map(({ by }) => by));
  return people.filter(({ id }) => acted.has(id)).map(({ id, name }) => ({ id, name }));
}

/** `data`: as gateway/store/writer/observe.ts writes it. */
function stepOf({ seq, at, recordedAt, type, data }: Omit<EventRow, 'id' | 'epoch'>): IncidentStep {
  const { from, to, by, note, count, escalation, drill, detectedAfterOutage } = data;
  return {
    ...{
      seq,
      at,
      recordedAt,
      type,
      from: String(from),
      to: String(to),
      count: Number(count),
      level: Number(escalation),
    },
    ...{ by: typeof by === 'string' ? by : null, note: typeof note === 'string' ? note : null },
    ...{ drill: drill === true, detectedAfterOutage: detectedAfterOutage === true },
  };
}

function placeOf(source: string, deviceId: string | null, { equipment, devices, buses }: SiteConfig): IncidentPlace {
  const piece = equipment.find(({ id }) => id === source);
  const itself = devices.find(({ id }) => id === source);
  const bus = buses.find(({ id }) => id === source);
  const device = devices.find(({ id }) => id === deviceId);
  const place = piece ?? itself;
  return {
    ...{ source, nameZh: (place ?? bus)?.nameZh ?? null, location: place?.location ?? null },
    kind: piece?.kind ?? (itself ? 'device' : bus ? 'bus' : null),
    ...{ cameraRef: place?.cameraRef ?? null, contacts: place?.contacts ?? [], fedBy: (place ?? bus)?.fedBy ?? null },
    ...{ device: device?.id ?? null, deviceNameZh: device?.nameZh ?? null, deviceLocation: device?.location ?? null },
    bus: device?.bus ?? bus?.id ?? null,
  };
}

function namer({ alarms, buses, devices, equipment }: SiteConfig): (row: OccurrenceRow) => NamedOccurrence {
  const byType = new Map(alarms.map(({ type, settings }) => [type, settings]));
  const byKey = new Map(alarms.map(({ alarm, settings }) => [alarm, settings]));
  const places = new Map([...buses, ...devices, ...equipment].map(({ id, nameZh }) => [id, nameZh]));
  return (row) => {
    const { nameZh = null, nameEn = null } = byKey.get(row.alarm) ?? byType.get(row.type) ?? {};
    return { ...row, nameZh, nameEn, sourceNameZh: places.get(row.source) ?? null };
  };
}
