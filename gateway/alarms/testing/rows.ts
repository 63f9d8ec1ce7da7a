/** Rows and events for the tests of the lifecycle. */
import { letterOf } from '../letters.ts';
import { normalRow, transition, type AlarmEvent } from '../lifecycle.ts';
import type { AlarmChange, AlarmFlags, AlarmLetter, AlarmRow } from '../../store/rows.ts';

export const OCCURRENCE = 'lift-3-2--lift-carAlarm-1000';

const CLEAR: AlarmFlags = {
  active: false,
  acked: true,
  latched: false,
  shelved: false,
  suppressed: false,
  outOfService: false,
  raisedWhileSuppressed: false,
};

/** The flags of each visible letter, written down by hand from docs/alarms.md. */
export const FLAGS: Readonly<Record<'A' | 'B' | 'C' | 'D' | 'E' | 'F', AlarmFlags>> = {
  A: CLEAR,
  B: { ...CLEAR, active: true, acked: false },
  C: { ...CLEAR, active: true },
  D: { ...CLEAR, acked: false },
  E: { ...CLEAR, acked: false, latched: true },
  F: { ...CLEAR, latched: true },
};

export function rowWith(flags: Partial<AlarmFlags>): AlarmRow {
  const normal = normalRow({
    alarm: 'lift-3-2--lift-carAlarm',
    source: 'lift-3-2',
    device: 'lift-io-3',
    type: 'lift.carAlarm',
    channel: null,
    priority: 1,
  });
  const all = { ...CLEAR, ...flags };
  return {
    ...normal,
    ...all,
    letter: letterOf(all),
    occurrenceId: OCCURRENCE,
    rev: 7,
    count: 1,
    raisedAt: 1000,
    announcedAt: 1000,
  };
}

export const raise = (event: Partial<Extract<AlarmEvent, { type: 'raise' }>> = {}): AlarmEvent => ({
  type: 'raise',
  at: 2000,
  latching: false,
  afterOutage: false,
  ...event,
});
export const clear: AlarmEvent = { type: 'clear', at: 2000 };
export const ack: AlarmEvent = { type: 'ack', at: 2000, occurrenceId: OCCURRENCE, rev: 7, by: 'li', note: null };
export const reset: AlarmEvent = { ...ack, type: 'reset', note: 'passenger freed, button released' };

/** The change, where there has to be one. */
export function changed(row: AlarmRow, event: AlarmEvent): AlarmChange {
  const result = transition(row, event);
  if (result.kind !== 'change') throw new Error(`${event.type} in ${row.letter} gave ${JSON.stringify(result)}`);
  return result.change;
}

/** What an event does, in short: the event type and the letter after it, a refusal's code, or nothing. */
export function effect(row: AlarmRow, event: AlarmEvent): `${string} → ${AlarmLetter}` | 'none' | `refused: ${string}` {
  const result = transition(row, event);
  if (result.kind === 'none') return 'none';
  if (result.kind === 'refused') return `refused: ${result.code}`;
  return `${result.change.type} → ${result.change.after.letter}`;
}
