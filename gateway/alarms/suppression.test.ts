import { describe, expect, it } from 'vitest';
import type { AlarmRow } from '../store/rows.ts';
import type { AlarmEvent } from './lifecycle.ts';
import { ack, changed, clear, effect, FLAGS, OCCURRENCE, raise, rowWith } from './testing/rows.ts';

const AT = 2000;
const HOUR_MS = 3_600_000;
const LETTERS = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
const DECISION = { at: AT, by: 'li', note: 'the valve is on order', occurrenceId: OCCURRENCE, rev: 7 };

type Shelve = Extract<AlarmEvent, { type: 'shelve' }>;
const shelve = (more: Partial<Shelve> = {}): AlarmEvent => ({
  ...{ type: 'shelve', ...DECISION, until: AT + HOUR_MS, limits: { shelvable: true, maxMs: 8 * HOUR_MS } },
  ...more,
});
const unshelve: AlarmEvent = { type: 'unshelve', at: AT, by: 'li', note: null };
const over: AlarmEvent = { ...unshelve, by: null };
const suppress: AlarmEvent = { type: 'suppress', at: AT, cause: 'line-1--bus-offline' };
const unsuppress: AlarmEvent = { ...suppress, type: 'unsuppress' };
const takeOut: AlarmEvent = { type: 'removeFromService', ...DECISION, note: 'permit 12', permitted: true };
const putBack: AlarmEvent = { type: 'placeInService', at: AT, by: 'wang', note: null };

/** Of priority 3: nothing hides priority 1 but a permit. */
const soon = (letter: (typeof LETTERS)[number], more: Partial<AlarmRow> = {}): AlarmRow => ({
  ...rowWith(FLAGS[letter]),
  priority: 3,
  ...more,
});
const after = (row: AlarmRow, event: AlarmEvent): AlarmRow => ({ ...changed(row, event).after, rev: 7 });

describe('what hides an alarm', () => {
  it.each(LETTERS)('hides it in %s', (letter) => {
    expect(effect(soon(letter), shelve())).toBe('shelve → G');
    expect(effect(soon(letter), suppress)).toBe('suppress → H');
    expect(effect(soon(letter), takeOut)).toBe('removeFromService → I');
  });

  it('says who, why and for how long', () => {
    expect(after(soon('B'), shelve()).shelving).toEqual({
      until: AT + HOUR_MS,
      by: 'li',
      reason: 'the valve is on order',
    });
    expect(after(soon('B'), takeOut).permit).toEqual({ by: 'li', text: 'permit 12', since: AT });
    expect(after(soon('B'), suppress).suppressedBy).toEqual(['line-1--bus-offline']);
  });

  it.each([
    ['a reason', { note: null }, 'reasonRequired'],
    ['a reason that says something', { note: '  ' }, 'reasonRequired'],
    ['an end', { until: Infinity }, 'tooLong'],
    ['an end that is one', { until: NaN }, 'notFuture'],
    ['an end in the future', { until: AT }, 'notFuture'],
    ['an end within what the type allows', { until: AT + 8 * HOUR_MS + 1 }, 'tooLong'],
    ['a type that lets it', { limits: { shelvable: false, maxMs: HOUR_MS } }, 'notShelvable'],
    ['the latest revision', { rev: 6 }, 'stale'],
    ['the occurrence that it is about', { occurrenceId: 'another' }, 'stale'],
  ] as const)('needs %s to shelve', (_, more, code) => {
    expect(effect(soon('B'), shelve(more))).toBe(`refused: ${code}`);
  });

  it('is neither a shelf nor a rule for priority 1', () => {
    expect(effect(rowWith(FLAGS.B), shelve())).toBe('refused: priorityOne');
    expect(effect(rowWith(FLAGS.B), suppress)).toBe('none');
  });

  it('needs a permit to take a source out of service, and a type that lets it', () => {
    expect(effect(soon('B'), { ...takeOut, note: ' ' })).toBe('refused: reasonRequired');
    expect(effect(soon('B'), { ...takeOut, permitted: false })).toBe('refused: notPermitted');
    expect(effect(rowWith(FLAGS.B), takeOut)).toBe('removeFromService → I');
  });

  it('moves the end of a shelf that stands', () => {
    const again = after(after(soon('B'), shelve()), shelve({ until: AT + 2 * HOUR_MS }));
    expect(again.shelving?.until).toBe(AT + 2 * HOUR_MS);
  });
});

describe('when it ends', () => {
  it.each([
    ['A', 'A'],
    ['B', 'B'],
    ['C', 'B'],
    ['D', 'D'],
    ['E', 'E'],
    ['F', 'F'],
  ] as const)('%s is shown as %s: whatever is active is announced', (from, to) => {
    expect(effect(after(soon(from), shelve()), unshelve)).toBe(`unshelve → ${to}`);
    expect(effect(after(soon(from), shelve()), over)).toBe(`unshelve → ${to}`);
    expect(effect(after(soon(from), suppress), unsuppress)).toBe(`unsuppress → ${to}`);
    expect(effect(after(soon(from), takeOut), putBack)).toBe(`placeInService → ${to}`);
  });

  it('stays hidden until the last of all has ended', () => {
    const thrice = after(after(after(soon('B'), shelve()), suppress), takeOut);
    const twice = after(thrice, putBack);
    expect(twice.letter).toBe('H');
    const once = after(twice, unsuppress);
    expect(once.letter).toBe('G');
    expect(once.acked).toBe(false);
    expect(after(once, over).letter).toBe('B');
  });

  it('needs every cause to be over', () => {
    const twice = after(after(soon('C'), suppress), { ...suppress, cause: 'feeder-2--power-loss' });
    expect(twice.suppressedBy).toEqual(['feeder-2--power-loss', 'line-1--bus-offline']);
    expect(after(twice, unsuppress)).toMatchObject({
      letter: 'H',
      suppressedBy: ['feeder-2--power-loss'],
      acked: true,
    });
  });

  it('announces anew: escalation counts from here, and nobody has acknowledged it', () => {
    const shown = after({ ...after(soon('C', { escalation: 2, ackedBy: 'li', ackedAt: 1 }), shelve()) }, over);
    expect(shown).toMatchObject({ announcedAt: AT, escalation: 0, acked: false, ackedAt: null, ackedBy: null });
  });

  it('says that it was raised while nobody could see, until somebody has acknowledged it', () => {
    const raised = after(after(soon('A'), suppress), raise());
    const shown = after(raised, unsuppress);
    expect(shown).toMatchObject({ letter: 'B', raisedWhileSuppressed: true });
    const seen = after(shown, { ...ack, occurrenceId: shown.occurrenceId } as AlarmEvent);
    expect(seen).toMatchObject({ letter: 'C', raisedWhileSuppressed: false });
  });

  it('leaves no flag on what is normal', () => {
    const again = after(after(after(soon('C'), suppress), raise()), clear);
    expect(again).toMatchObject({ letter: 'H', raisedWhileSuppressed: true });
    expect(after(again, unsuppress)).toMatchObject({ letter: 'A', raisedWhileSuppressed: false });
  });

  it('is refused, or nothing, where it had not begun', () => {
    expect(effect(soon('B'), unshelve)).toBe('refused: notHidden');
    expect(effect(soon('B'), over)).toBe('none');
    expect(effect(soon('B'), unsuppress)).toBe('none');
    expect(effect(soon('B'), putBack)).toBe('refused: notHidden');
    expect(effect(after(soon('B'), suppress), suppress)).toBe('none');
  });
});

describe('time', () => {
  const reAlarm: AlarmEvent = { type: 'reAlarm', at: AT };
  const escalate: AlarmEvent = { type: 'escalate', at: AT };

  it.each([
    ['A', 'none', 'none'],
    ['B', 'none', 'escalate → B'],
    ['C', 'reAlarm → B', 'none'],
    ['D', 'none', 'escalate → D'],
    ['E', 'none', 'escalate → E'],
    ['F', 'none', 'none'],
  ] as const)('in %s: %s, %s', (letter, announced, escalated) => {
    expect(effect(soon(letter), reAlarm)).toBe(announced);
    expect(effect(soon(letter), escalate)).toBe(escalated);
  });

  it('does nothing to what is hidden', () => {
    expect(effect(after(soon('C'), shelve()), reAlarm)).toBe('none');
    expect(effect(after(soon('B'), suppress), escalate)).toBe('none');
  });

  it('takes back an acknowledgement of what is still active, and counts levels', () => {
    expect(after(soon('C', { ackedBy: 'li', ackedAt: 1 }), reAlarm)).toMatchObject({
      acked: false,
      ackedBy: null,
      announcedAt: AT,
    });
    expect(after(soon('B', { escalation: 1 }), escalate).escalation).toBe(2);
  });
});
