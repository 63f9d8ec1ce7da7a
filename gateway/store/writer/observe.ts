/** An observation as rows, and the transitions that it caused as events of the feed. */
import type { AlarmChange, Observation } from '../rows.ts';
import type { WriteTables } from '../tables/index.ts';

/** An observation as it travels to the writer: plain data. */
export type PlainObservation = Omit<Observation, 'stored' | 'registers'>;

/** Within a transaction of the caller. Returns the seq of each alarm event. `now`: Unix milliseconds. */
export function writeObservation(tables: WriteTables, observation: PlainObservation, now: number): number[] {
  const { device, readings = [], deviceState, knowledge, events = [], alarms = [] } = observation;
  const { meterReadings = [], meterCounters = [], meterDoubts = [], homes = [] } = observation;
  for (const reading of readings) tables.points.write(device, reading);
  if (deviceState) tables.devices.state(device, deviceState);
  if (knowledge) tables.devices.knowledge(device, knowledge, now);
  for (const reading of meterReadings) tables.meterReadings.append(reading);
  for (const counter of meterCounters) tables.meterCounters.put(counter);
  for (const doubt of meterDoubts) tables.meterDoubts.keep(doubt);
  for (const home of homes) tables.homes.keep(home);
  for (const event of events) tables.events.append(event, now);
  return alarms.map((change) => writeAlarm(tables, change, now));
}

function writeAlarm({ events, alarms, occurrences }: WriteTables, change: AlarmChange, now: number): number {
  const event = alarmEvent(change, events.lastSeq('alarm'));
  const seq = events.append(event, now);
  alarms.write({ ...change.after, rev: seq });
  occurrences.take({ ...event, seq });
  return seq;
}

function alarmEvent({ type, from, by, note, at, after }: AlarmChange, prevSeq: number) {
  const { alarm, source, occurrenceId, letter: to, priority, count, escalation, drill, detectedAfterOutage } = after;
  const about = { prevSeq, alarm, alarmType: after.type, occurrenceId, type, from, to };
  const data = { ...about, by, note, priority, count, escalation, drill, detectedAfterOutage };
  return { domain: 'alarm', type, source, at, data };
}
