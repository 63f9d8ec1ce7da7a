import { describe, expect, it } from 'vitest';
import type { EventRow } from '../../store/rows.ts';
import { byOccurrence, concernsPeople, isWhole, occurrenceOf } from './occurrences.ts';

const ALARM = 'lift-1--lift-carAlarm';
let seq = 0;

function event(type: string, at: number, to: string, data: Readonly<Record<string, unknown>> = {}): EventRow {
  seq += 1;
  const usual = { alarm: ALARM, alarmType: 'lift.carAlarm', occurrenceId: `${ALARM}-1`, from: 'A', to, priority: 1 };
  const more = { by: null, note: null, count: 1, escalation: 0, drill: false, ...data };
  return {
    ...{ seq, id: `e-${seq}`, domain: 'alarm', type, source: 'lift-1', at, recordedAt: at, epoch: 1 },
    data: { ...usual, ...more },
  };
}

const raise = event('raise', 1_000, 'B');
const escalated = event('escalate', 31_000, 'B', { escalation: 1 });
const ack = event('ack', 61_000, 'C', { by: 'li', note: 'on the way' });
const again = event('raiseAgain', 70_000, 'C', { count: 2 });
const gone = [80_000, 90_000].map((at) => event('clear', at, 'F', { count: 2 }));
const reset = event('reset', 95_000, 'A', { by: 'wang', note: 'freed', count: 2 });
const WHOLE = [raise, escalated, ack, again, ...gone, reset] as const;

function storyOf(events: readonly EventRow[]) {
  const [first, ...rest] = events;
  if (!first) throw new Error('no events');
  return occurrenceOf([first, ...rest]);
}

describe('occurrenceOf', () => {
  it('tells its beginning, what people did, and when its condition was last gone', () => {
    const { steps, ...occurrence } = storyOf(WHOLE);
    expect(occurrence).toEqual({
      ...{ alarm: ALARM, type: 'lift.carAlarm', source: 'lift-1', occurrenceId: `${ALARM}-1`, priority: 1 },
      ...{ drill: false, began: 1_000, times: 2, level: 1, wait: 60_000, isWaiting: false },
    });
    expect(steps.map(({ at, type, by }) => [at, type, by])).toEqual([
      [1_000, 'raise', null],
      [61_000, 'ack', 'li'],
      [90_000, 'clear', null],
      [95_000, 'reset', 'wang'],
    ]);
  });

  it('waits while nobody has acknowledged it, and has no wait then', () => {
    expect(storyOf([raise, escalated])).toMatchObject({ wait: null, isWaiting: true });
  });

  it('does not wait once somebody has hidden it', () => {
    const shelved = event('shelve', 5_000, 'G', { by: 'li', note: 'spare part' });
    expect(storyOf([raise, shelved])).toMatchObject({ wait: null, isWaiting: false });
  });

  it('has no beginning where the events do not reach so far', () => {
    expect(storyOf([ack, reset])).toMatchObject({ began: null });
    expect([isWhole([ack, reset]), isWhole(WHOLE)]).toEqual([false, true]);
  });

  it('looks at a drill as at any other', () => {
    const drill = [raise, ack].map((row) => ({ ...row, data: { ...row.data, drill: true } }));
    expect(storyOf(drill)).toMatchObject({ drill: true, wait: 60_000 });
  });

  it('keeps to the newest steps of one that people dealt with without end', () => {
    const acks = Array.from({ length: 80 }, (_, index) => event('ack', 2_000 + index, 'C', { by: 'li' }));
    const { steps } = storyOf([raise, ...acks]);
    expect([steps.length, steps.at(-1)?.at]).toEqual([50, 2_079]);
  });
});

it('concerns people where it was announced to them, or one of them did something', () => {
  const unseen = event('raise', 1_000, 'H');
  expect(concernsPeople([raise])).toBe(true);
  expect(concernsPeople([unseen, event('clear', 2_000, 'A')])).toBe(false);
  expect(concernsPeople([unseen, event('removeFromService', 2_000, 'I', { by: 'li' })])).toBe(true);
});

it('tells occurrences apart, and takes what never was raised by its alarm', () => {
  const other = event('raise', 100_000, 'B', { occurrenceId: `${ALARM}-2` });
  const never = event('removeFromService', 100_000, 'I', { occurrenceId: null, by: 'li' });
  expect([...byOccurrence([raise, other, ack, never])].map(([key, own]) => [key, own.length])).toEqual([
    [`${ALARM}-1`, 2],
    [`${ALARM}-2`, 1],
    [ALARM, 1],
  ]);
});
