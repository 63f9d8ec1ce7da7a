/** The handover sheet of a shift, from what the store has of it at one moment. */
import { setImmediate as turn } from 'node:timers/promises';
import { alarmNames } from '../../alarms/names.ts';
import { figuresOf, happenedIn } from '../../alarms/performance/figures.ts';
import { entryOf } from '../../alarms/performance/entry.ts';
import { overlapOf } from '../../alarms/performance/floods.ts';
import { alarmEventsIn, floodsIn } from '../../alarms/performance/read-journal.ts';
import type { Stretch } from '../../alarms/performance/stretch.ts';
import { iso } from '../../broker/messages.ts';
import type { Clock } from '../../clock.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { BusStatistics } from '../../statistics.ts';
import type { EventRow } from '../../store/rows.ts';
import type { ShiftRow } from '../../store/shift-rows.ts';
import type { Store } from '../../store/store.ts';
import { notesOf } from './notes.ts';
import { alarmLists, closedBuses, listed, troubledDevices } from './now.ts';
import { byOccurrence, concernsPeople, isWhole, occurrenceOf, type Occurrence } from './occurrences.ts';
import { MOST_EVENTS, sheetBefore, stretchOf } from './stretch.ts';
import type { HandoverSheet, SheetOccurrence, SheetPerson } from './schema.ts';

export interface SheetSources {
  readonly store: Pick<
    Store,
    'alarms' | 'events' | 'devices' | 'gaps' | 'outages' | 'shiftNotes' | 'shifts' | 'handovers'
  >;
  readonly clock: Clock;
  readonly config: () => SiteConfig;
  readonly buses: () => readonly BusStatistics[];
}

const MOST_GAPS = 100;
/** Of an occurrence that began before: so many events of its source are looked at for that. */
const LOOKED_BACK = 500;

/** What was recorded before is on the disk. `incoming`: as far as it is known who comes. */
export async function composeSheet(
  sources: SheetSources,
  shift: ShiftRow,
  incoming: readonly string[],
): Promise<HandoverSheet> {
  const { store, clock, config: configured } = sources;
  const config = configured();
  const at = clock.now();
  const since = sheetBefore(store, shift);
  const stretch = stretchOf(store, since, at);
  const { seq, ...now } = standing(sources, shift, since, stretch, config);
  await turn();
  const events = (await alarmEventsIn(store.events, stretch)).filter((event) => event.seq <= seq);
  // After an avalanche each of these steps takes its time, and alarms wait for none of them.
  await turn();
  const happened = happenedIn(events.filter(({ data }) => data['drill'] !== true).map(entryOf));
  await turn();
  const floods = floodsIn(store.events, stretch);
  const figures = figuresIn(happened, stretch, floods);
  await turn();
  const occurrences = await occurrencesIn(store, events, config);
  const { id, nameZh, timezone } = config.site;
  return {
    version: 1,
    site: { id, nameZh, timezone },
    ...{ shift: shift.id, from: certain(shift.from), to: certain(at), coveredFrom: certain(stretch.from) },
    people: config.people.map(({ id: person, name }) => ({ id: person, name })),
    ...{ outgoing: personsOf(config, shift.persons), incoming: personsOf(config, incoming) },
    figures,
    ...now,
    occurrences: listed(occurrences.filter(({ drill }) => !drill)),
    drills: listed(occurrences.filter(({ drill }) => drill)),
    buttonTests: buttonTestsIn(store, stretch, config),
  };
}

/** All of one moment, together with the newest event at it. */
function standing(
  { store, buses }: SheetSources,
  shift: ShiftRow,
  since: number,
  stretch: Stretch,
  config: SiteConfig,
) {
  const states = new Map(store.devices.list().map((row) => [row.device, row]));
  return {
    seq: store.events.bounds().newest ?? 0,
    ...alarmLists(store.alarms.list('nonNormal'), alarmNames(config)),
    devices: troubledDevices(config, states),
    buses: closedBuses(config, buses()),
    gaps: gapsIn(store, stretch),
    ...notesOf(store, shift, since),
  };
}

async function occurrencesIn(
  store: SheetSources['store'],
  events: readonly EventRow[],
  config: SiteConfig,
): Promise<SheetOccurrence[]> {
  const namesOf = alarmNames(config);
  const found: SheetOccurrence[] = [];
  for (const [key, own] of byOccurrence(events)) {
    if (!concernsPeople(own)) continue;
    if (found.length % 100 === 99) await turn();
    const [first, ...rest] = isWhole(own) ? own : [...earlier(store, key, own), ...own];
    if (!first) continue;
    const occurrence = occurrenceOf([first, ...rest]);
    found.push(sheetOccurrence(occurrence, namesOf(occurrence)));
  }
  return found.sort((a, b) => a.priority - b.priority);
}

/** What happened to an occurrence before the shift. */
function earlier({ events }: SheetSources['store'], key: string, own: readonly EventRow[]): EventRow[] {
  const [first] = own;
  if (!first) return [];
  const before = events.list({ domain: 'alarm', source: first.source, before: first.seq, limit: LOOKED_BACK });
  return byOccurrence(before.reverse()).get(key) ?? [];
}

function sheetOccurrence(occurrence: Occurrence, names: ReturnType<ReturnType<typeof alarmNames>>): SheetOccurrence {
  const { alarm, source, occurrenceId, priority, drill, began, times, level, steps, wait, isWaiting } = occurrence;
  return {
    ...{ alarm, source, occurrenceId, priority, drill, ...names, began: iso(began), times, level },
    steps: steps.map(({ at, ...step }) => ({ at: certain(at), ...step })),
    waitS: wait === null ? null : Math.round(wait / 1000),
    isWaiting,
  };
}

function figuresIn(happened: ReturnType<typeof happenedIn>, stretch: Stretch, floods: readonly Stretch[]) {
  const { alarms, perTenMinutes, inFlood, chattering, acknowledged, unacknowledged, meanToAcknowledge } = figuresOf(
    happened,
    stretch,
    floods,
  );
  return {
    ...{ alarms, inFlood, acknowledged, unacknowledged, chattering: chattering.length },
    floodS: Math.round(overlapOf(floods, stretch) / 1000),
    mostPerTenMinutes: perTenMinutes.max,
    meanToAcknowledgeS: meanToAcknowledge === null ? null : Math.round(meanToAcknowledge / 1000),
  };
}

function buttonTestsIn({ events }: SheetSources['store'], stretch: Stretch, config: SiteConfig) {
  const { from, to } = stretch;
  const names = new Map(config.equipment.map(({ id, nameZh }) => [id, nameZh]));
  const own = events.list({ after: events.firstSince(from) - 1, domain: 'lift', limit: MOST_EVENTS });
  const tests = own.filter(({ type, at }) => type === 'buttonTest' && from <= at && at < to);
  return tests.map(({ at, source, data: { by, result, note } }) => ({
    ...{ at: certain(at), source, sourceNameZh: names.get(source) ?? null },
    ...{ by: String(by), result: String(result), note: typeof note === 'string' ? note : null },
  }));
}

function gapsIn({ gaps, outages }: SheetSources['store'], { from, to }: Stretch): HandoverSheet['gaps'] {
  const down = outages
    .list(from, to, MOST_GAPS)
    .map((gap) => ({ ...gap, kind: 'down' as const, reason: 'the gateway did not run' }));
  const lost = gaps
    .list(MOST_GAPS)
    .filter((gap) => gap.to >= from && gap.from < to)
    .map((gap) => ({ ...gap, kind: 'readings' as const, reason: `${gap.readings} readings: ${gap.reason}` }));
  const all = [...down, ...lost].sort((a, b) => a.from - b.from);
  return all.map(({ from: began, to: ended, kind, reason }) => ({
    from: certain(began),
    to: certain(ended),
    kind,
    reason,
  }));
}

function personsOf({ people }: SiteConfig, ids: readonly string[]): SheetPerson[] {
  return ids.map((id) => ({ id, name: people.find((person) => person.id === id)?.name ?? id }));
}

/** The gateway's own times are times. */
function certain(at: number): string {
  return new Date(at).toISOString();
}
