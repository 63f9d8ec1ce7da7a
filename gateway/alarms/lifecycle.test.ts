import { describe, expect, it } from 'vitest';
import { letterOf } from './letters.ts';
import { normalRow } from './lifecycle.ts';
import { ack, changed, clear, effect, FLAGS, OCCURRENCE, raise, reset, rowWith } from './testing/rows.ts';

describe('the table of docs/alarms.md', () => {
  it.each([
    ['A', raise(), 'raise → B'],
    ['B', raise(), 'raiseAgain → B'],
    ['C', raise(), 'raiseAgain → C'],
    ['D', raise(), 'raise → B'],
    ['E', raise(), 'raise → B'],
    ['F', raise(), 'raise → B'],
    ['A', clear, 'none'],
    ['B', clear, 'clear → D'],
    ['C', clear, 'clear → A'],
    ['D', clear, 'none'],
    ['E', clear, 'none'],
    ['F', clear, 'none'],
    ['A', ack, 'refused: notActive'],
    ['B', ack, 'ack → C'],
    ['C', ack, 'refused: alreadyAcknowledged'],
    ['D', ack, 'ack → A'],
    ['E', ack, 'ack → F'],
    ['F', ack, 'refused: alreadyAcknowledged'],
    ['A', reset, 'refused: notActive'],
    ['B', reset, 'refused: stillActive'],
    ['C', reset, 'refused: stillActive'],
    ['D', reset, 'refused: notLatched'],
    ['E', reset, 'refused: acknowledgeFirst'],
    ['F', reset, 'reset → A'],
  ] as const)('%s on %o', (from, event, expected) => {
    expect(effect(rowWith(FLAGS[from]), event)).toBe(expected);
  });

  it('clears a latching alarm to E where nobody has acknowledged it, to F where somebody has', () => {
    const raised = changed(rowWith(FLAGS.A), raise({ latching: true })).after;
    expect(effect(raised, clear)).toBe('clear → E');
    const acknowledged = changed(raised, { ...ack, occurrenceId: raised.occurrenceId ?? '' } as typeof ack).after;
    expect(effect(acknowledged, clear)).toBe('clear → F');
  });

  it('latches an active alarm that is raised again where its type latches by now', () => {
    const again = changed(rowWith(FLAGS.C), raise({ latching: true })).after;
    expect(effect(again, clear)).toBe('clear → F');
  });

  it('keeps a latch through another raise, even where the type latches no more', () => {
    const again = changed(rowWith(FLAGS.F), raise({ latching: false })).after;
    expect(effect(again, clear)).toBe('clear → E');
  });
});

describe('letters', () => {
  it.each(['A', 'B', 'C', 'D', 'E', 'F'] as const)('%s follows from its flags', (letter) => {
    expect(letterOf(FLAGS[letter])).toBe(letter);
  });

  it('show out of service over suppressed over shelved over everything else', () => {
    const hidden = { ...FLAGS.B, shelved: true };
    expect(letterOf(hidden)).toBe('G');
    expect(letterOf({ ...hidden, suppressed: true })).toBe('H');
    expect(letterOf({ ...hidden, suppressed: true, outOfService: true })).toBe('I');
  });

  it('A means that every flag is clear', () => {
    const { active, acked, latched, shelved, suppressed, outOfService, raisedWhileSuppressed } = changed(
      rowWith(FLAGS.F),
      reset,
    ).after;
    expect([active, latched, shelved, suppressed, outOfService, raisedWhileSuppressed]).not.toContain(true);
    expect(acked).toBe(true);
  });
});

describe('an occurrence', () => {
  it('begins in A and ends in the time of its raise', () => {
    const { after } = changed(rowWith(FLAGS.A), raise({ at: 5000 }));
    expect(after).toMatchObject({ occurrenceId: 'lift-3-2--lift-carAlarm-5000', count: 1, raisedAt: 5000 });
  });

  it.each(['B', 'C', 'D', 'E', 'F'] as const)('goes on in %s, counted', (letter) => {
    const { after } = changed(rowWith(FLAGS[letter]), raise({ at: 5000 }));
    expect(after).toMatchObject({ occurrenceId: OCCURRENCE, count: 2, raisedAt: 1000, changedAt: 5000 });
  });

  it('never repeats an id, whatever the clock does', () => {
    const first = changed(rowWith(FLAGS.A), raise({ at: 900 })).after;
    expect(first.occurrenceId).toBe('lift-3-2--lift-carAlarm-1001');
    const second = changed({ ...first, ...FLAGS.A }, raise({ at: 5 })).after;
    expect(second.occurrenceId).toBe('lift-3-2--lift-carAlarm-1002');
  });

  it('forgets who acknowledged it when it is raised again', () => {
    const row = { ...rowWith(FLAGS.F), ackedAt: 1500, ackedBy: 'li', clearedAt: 1600 };
    expect(changed(row, raise()).after).toMatchObject({ ackedAt: null, ackedBy: null, clearedAt: null });
  });

  it('says whether the beginning of its latest raise was seen', () => {
    const late = changed(rowWith(FLAGS.A), raise({ afterOutage: true })).after;
    expect(late.detectedAfterOutage).toBe(true);
    expect(changed(late, raise()).after.detectedAfterOutage).toBe(false);
  });
});

describe('a decision', () => {
  it('is refused where the alarm has changed since: an older rev, or another occurrence', () => {
    const row = rowWith(FLAGS.B);
    expect(effect(row, { ...ack, rev: 6 } as typeof ack)).toBe('refused: stale');
    expect(effect(row, { ...ack, occurrenceId: `${OCCURRENCE}0` } as typeof ack)).toBe('refused: stale');
    expect(effect(rowWith(FLAGS.F), { ...reset, rev: 6 } as typeof reset)).toBe('refused: stale');
  });

  it('about an alarm that was never raised is stale', () => {
    expect(effect(normalRow(rowWith({})), ack)).toBe('refused: stale');
  });

  it.each([null, '', '  '])('to reset needs a note, not %o', (note) => {
    expect(effect(rowWith(FLAGS.F), { ...reset, note } as typeof reset)).toBe('refused: noteRequired');
  });

  it('keeps who, when and why', () => {
    const { after, ...change } = changed(rowWith(FLAGS.E), { ...ack, note: 'on my way' } as typeof ack);
    expect(change).toEqual({ type: 'ack', from: 'E', by: 'li', note: 'on my way', at: 2000 });
    expect(after).toMatchObject({ ackedAt: 2000, ackedBy: 'li', changedAt: 2000 });
  });
});

describe('a suppressed alarm', () => {
  it.each([
    ['shelved', 'G'],
    ['suppressed', 'H'],
    ['outOfService', 'I'],
  ] as const)('that is %s keeps up with its condition under the letter %s', (flag, letter) => {
    const raised = changed(rowWith({ ...FLAGS.A, [flag]: true }), raise()).after;
    expect(raised).toMatchObject({ letter, active: true, acked: false, raisedWhileSuppressed: true });
    expect(changed(raised, clear).after).toMatchObject({ letter, active: false, acked: false });
  });

  it('is neither acknowledged nor reset', () => {
    expect(effect(rowWith({ ...FLAGS.B, shelved: true }), ack)).toBe('refused: suppressed');
    expect(effect(rowWith({ ...FLAGS.F, suppressed: true }), reset)).toBe('refused: suppressed');
  });
});
