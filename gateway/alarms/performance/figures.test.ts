/** An hour as somebody notes it on paper, and what is to be counted in it. */
import { describe, expect, it } from 'vitest';
import type { AlarmEventType, AlarmLetter } from '../../store/rows.ts';
import type { AlarmEntry } from './entry.ts';
import { apart, figuresOf, happenedIn } from './figures.ts';

const SECOND = 1_000;
const HOUR = { from: 0, to: 3_600 * SECOND };

/** Such as `10 b raise B`: the second, the alarm, what happened to it, the letter after it. */
function note(line: string): AlarmEntry {
  const [second, alarm, transition, letter] = line.split(' ') as [string, string, AlarmEventType, AlarmLetter];
  const type = alarm === 'a' ? 'lift.fault' : 'pump.fault';
  return { alarm, type, source: `${alarm}-1`, at: Number(second) * SECOND, transition, letter };
}

const PAPER = [
  '0 a raise B',
  '10 b raise B',
  '15 b clear D',
  '30 b raise B',
  '35 b clear D',
  '50 b raise B', // the third within 40 s
  '60 c raise H', // hidden: nobody is told
  '120 a ack C', // after 120 s
  '200 a clear A',
  '310 b ack C', // 300 s after it was announced first
  '600 d raise B',
  '700 d shelve G', // that is no answer, and it waits for nobody any more
  '900 e raise B',
  '930 e escalate B',
  '1000 f raise B',
  '1060 f ack C', // after 60 s
  '1500 f reAlarm B',
].map(note);

describe('an hour on paper', () => {
  const figures = figuresOf(happenedIn(PAPER), HOUR, [{ from: 600 * SECOND, to: 950 * SECOND }]);

  it('has eight alarms, at most four of them within ten minutes', () => {
    expect(figures.alarms).toBe(8);
    expect(figures.perTenMinutes).toEqual({ mean: 8 / 6, max: 4 });
  });

  it('has two alarms in the flood: of seconds 600 and 900', () => {
    expect(figures.inFlood).toBe(2);
  });

  it('has three answers after 120, 300 and 60 s, and two that nobody has given', () => {
    expect(figures).toMatchObject({ acknowledged: 3, unacknowledged: 2, meanToAcknowledge: 160 * SECOND });
  });

  it('has one that chatters', () => {
    expect(figures.chattering).toEqual([{ alarm: 'b', onsets: 3, mostPerMinute: 3 }]);
  });

  it('comes apart by type, and the parts make the whole', () => {
    const parts = apart(happenedIn(PAPER), ({ type }) => type);
    const counts = [...parts].map(([type, part]) => {
      const { alarms, acknowledged, unacknowledged } = figuresOf(part, HOUR, []);
      return [type, alarms, acknowledged, unacknowledged];
    });
    expect(counts).toEqual([
      ['lift.fault', 1, 1, 0],
      ['pump.fault', 7, 2, 2],
    ]);
  });

  it('is of the time when an alarm was announced, though it was acknowledged later', () => {
    const halves = apart(happenedIn(PAPER), ({ at }) => (at < 100 * SECOND ? 'first' : 'second'));
    const first = halves.get('first') ?? happenedIn([]);
    expect(figuresOf(first, HOUR, [])).toMatchObject({ alarms: 4, acknowledged: 2, unacknowledged: 0 });
  });
});

describe('chattering', () => {
  const chattering = (...lines: string[]) => figuresOf(happenedIn(lines.map(note)), HOUR, []).chattering;

  it('is not three times in a minute and more', () => {
    expect(chattering('0 a raise B', '30 a raise B', '60 a raise B')).toEqual([]);
    expect(chattering('0 a raise B', '30 a raise B', '59 a raise B')).toHaveLength(1);
  });

  it('is also what a counter saw, and what is hidden: it is to be mended all the same', () => {
    expect(chattering('0 a raise G', '1 a raiseAgain G', '2 a raiseAgain G')).toHaveLength(1);
  });

  it('has the worst first', () => {
    const worst = ['0 b raise B', '1 b raise B', '2 b raise B', '3 b raise B'];
    const found = chattering('0 a raise B', '1 a raise B', '2 a raise B', ...worst);
    expect(found.map(({ alarm, mostPerMinute }) => [alarm, mostPerMinute])).toEqual([
      ['b', 4],
      ['a', 3],
    ]);
  });
});

describe('an announcement', () => {
  it.each([
    ['raise B', 1],
    ['raise H', 0],
    ['raiseAgain B', 0],
    ['reAlarm B', 1],
    ['escalate B', 0],
    ['unshelve B', 1],
    ['unsuppress D', 1],
    ['placeInService E', 1],
    ['unshelve F', 0],
    ['unsuppress A', 0],
    ['clear D', 0],
    ['ack C', 0],
  ])('%s counts %i', (what, count) => {
    expect(figuresOf(happenedIn([note(`5 a ${what}`)]), HOUR, []).alarms).toBe(count);
  });

  it('that was put out of order by a clock counts in the order of time', () => {
    const set = happenedIn(['900 a raise B', '10 b raise B', '905 c raise B'].map(note));
    expect(figuresOf(set, HOUR, []).perTenMinutes.max).toBe(2);
  });
});

it('has no figures of nothing, and never a mean of none', () => {
  const figures = figuresOf(happenedIn([]), HOUR, []);
  expect(figures).toMatchObject({ alarms: 0, perTenMinutes: { mean: 0, max: 0 }, meanToAcknowledge: null });
});
