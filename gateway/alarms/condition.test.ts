import { describe, expect, it } from 'vitest';
import { advance, dueAt, initialCondition, seeLevel, seePulses, type Condition, type Signal } from './condition.ts';

const DELAYS = { onDelayMs: 1000, offDelayMs: 3000 };
const AT_ONCE = { onDelayMs: 0, offDelayMs: 0 };

/** One line of a story: when, and what is seen then. `+n` is what the counter shows, `tick` a timer. */
type Line = readonly [number, boolean | null | 'tick' | `+${number}`];

/** Plays a story; returns the signals as `raise@1000`, with `!` where its beginning was not seen. */
function play(story: readonly Line[], delays = DELAYS, countsAt: 'onset' | 'end' = 'onset', from = seen(false)) {
  const heard: string[] = [];
  let condition: Condition = from;
  const note = (now: number, signal: Signal | null): void => {
    if (signal) heard.push(`${signal.type}@${now}${signal.type === 'raise' && signal.afterOutage ? '!' : ''}`);
  };
  for (const [now, what] of story) {
    const due = advance(condition, delays, now);
    note(now, due.signal);
    const step =
      what === 'tick'
        ? { condition: due.condition, signal: null }
        : typeof what === 'string'
          ? seePulses(due.condition, Number(what), countsAt, false)
          : seeLevel(due.condition, what, delays, now);
    note(now, step.signal);
    condition = step.condition;
  }
  return heard;
}

/** A condition whose level has been read. */
function seen(level: boolean): Condition {
  return { ...initialCondition(level), known: true };
}

describe('delays', () => {
  it('raise once the level has held for the on-delay, and clear once it has been gone for the off-delay', () => {
    const story = [[0, true], [999, 'tick'], [1000, 'tick'], [2000, false], [4999, 'tick'], [5000, 'tick']] as const; // prettier-ignore
    expect(play(story)).toEqual(['raise@1000', 'clear@5000']);
  });

  it('run on while the level is read again and again', () => {
    expect(play([[0, true], [400, true], [800, true], [1000, 'tick']])).toEqual(['raise@1000']); // prettier-ignore
  });

  it('of zero act at once', () => {
    expect(play([[0, true], [10, false]], AT_ONCE)).toEqual(['raise@0', 'clear@10']); // prettier-ignore
  });

  it('begin again with each bounce', () => {
    expect(play([[0, true], [600, false], [700, true], [1699, 'tick'], [1700, 'tick']])).toEqual(['raise@1700']); // prettier-ignore
  });

  it('hold a chattering contact active until it has been quiet for the off-delay', () => {
    const chatter = Array.from({ length: 21 }, (_, i): Line => [1000 + 200 * i, i % 2 === 1]);
    expect(play([[0, true], ...chatter, [8000, 'tick']])).toEqual(['raise@1000', 'clear@8000']);
  });

  it('that were met before the next look count, however late their timer', () => {
    expect(play([[0, true], [1500, false], [4500, 'tick']])).toEqual(['raise@1500', 'clear@4500']); // prettier-ignore
  });

  it('are due when their time is over', () => {
    expect(dueAt(seeLevel(seen(false), true, DELAYS, 250).condition, DELAYS)).toBe(1250);
    expect(dueAt(seeLevel(seen(true), false, DELAYS, 250).condition, DELAYS)).toBe(3250);
    expect(dueAt(seen(false), DELAYS)).toBeNull();
  });
});

describe('a source that is not known', () => {
  it('neither raises nor clears, however long it lasts', () => {
    expect(play([[0, null], [99_000, 'tick']])).toEqual([]); // prettier-ignore
    expect(play([[0, null], [99_000, 'tick']], DELAYS, 'onset', seen(true))).toEqual([]); // prettier-ignore
    expect(play([[0, true], [500, null], [99_000, 'tick']])).toEqual([]); // prettier-ignore
    expect(play([[0, false], [500, null], [99_000, 'tick']], DELAYS, 'onset', seen(true))).toEqual([]); // prettier-ignore
  });

  it('leaves a delay where it was, to go on if the level comes back the same', () => {
    expect(play([[0, true], [600, null], [9000, true], [9399, 'tick'], [9400, 'tick']])).toEqual(['raise@9400']); // prettier-ignore
  });

  it('ends a delay if the level comes back changed', () => {
    expect(play([[0, true], [600, null], [9000, false], [9100, true], [10_099, 'tick'], [10_100, 'tick']])).toEqual(['raise@10100']); // prettier-ignore
  });

  it('cannot put an alarm off for ever by failing now and then', () => {
    const flaky = Array.from({ length: 20 }, (_, i): Line => [100 * i, i % 2 === 0 ? true : null]);
    expect(play(flaky)).toEqual(['raise@1900']);
  });

  it('makes a raise that follows it one whose beginning was not seen', () => {
    expect(play([[0, null], [5000, true]], AT_ONCE)).toEqual(['raise@5000!']); // prettier-ignore
    expect(play([[0, true], [1000, 'tick']], DELAYS, 'onset', initialCondition(false))).toEqual(['raise@1000!']); // prettier-ignore
  });

  it('says nothing new where the level was active before and still is', () => {
    expect(play([[0, true], [9000, 'tick']], DELAYS, 'onset', initialCondition(true))).toEqual([]); // prettier-ignore
  });
});

describe('a counter', () => {
  it('raises for a pulse between two looks at the level, whatever the on-delay', () => {
    expect(play([[0, false], [100, '+1'], [500, false], [3500, 'tick']])).toEqual(['raise@100', 'clear@3500']); // prettier-ignore
  });

  it('raises for a pulse while the level cannot be read, and nothing clears it before it is', () => {
    expect(play([[0, null], [100, '+1'], [9000, 'tick'], [9500, false]], AT_ONCE)).toEqual(['raise@100', 'clear@9500']); // prettier-ignore
  });

  it('that shows what the level has already raised raises nothing', () => {
    expect(play([[0, true], [50, '+1'], [500, true], [550, '+0'], [1000, false]], AT_ONCE)).toEqual(['raise@0', 'clear@1000']); // prettier-ignore
    expect(play([[0, true], [500, false], [550, '+1']], AT_ONCE)).toEqual(['raise@0', 'clear@500']); // prettier-ignore
  });

  it('that shows a press before the level does counts it once', () => {
    expect(play([[0, '+1'], [50, true], [500, '+0'], [1000, false], [1050, '+0']], AT_ONCE)).toEqual(['raise@0', 'clear@1000']); // prettier-ignore
  });

  it('that shows more than the level has seen raises again', () => {
    expect(play([[0, true], [50, '+2'], [500, true]], AT_ONCE)).toEqual(['raise@0', 'raise@50']); // prettier-ignore
    expect(play([[0, true], [50, '+1'], [100, '+1']], AT_ONCE)).toEqual(['raise@0', 'raise@100']); // prettier-ignore
  });

  it('that missed an edge, for it was stopped, does not swallow the next', () => {
    expect(play([[0, true], [50, '+0'], [500, false], [600, '+1']], AT_ONCE)).toEqual(['raise@0', 'clear@500', 'raise@600']); // prettier-ignore
  });

  it('restarts the off-delay', () => {
    expect(play([[0, '+1'], [100, false], [2000, '+1'], [2100, false], [5099, 'tick'], [5100, 'tick']])).toEqual(['raise@0', 'raise@2000', 'clear@5100']); // prettier-ignore
  });
});

describe('a counter of an inverted contact, whose edge is the end of the alarm', () => {
  it('raises for a pulse between two looks', () => {
    expect(play([[0, false], [100, '+1'], [500, false]], AT_ONCE, 'end')).toEqual(['raise@100', 'clear@500']); // prettier-ignore
  });

  it('does not count the end of what the level has raised, however long it lasted', () => {
    const held = [[0, true], [50, '+0'], [500, true], [550, '+0']] as const; // prettier-ignore
    expect(play([...held, [1000, '+1'], [1050, false]], AT_ONCE, 'end')).toEqual(['raise@0', 'clear@1050']);
    expect(play([...held, [1000, false], [1050, '+1']], AT_ONCE, 'end')).toEqual(['raise@0', 'clear@1000']);
  });

  it('that missed the end does not swallow the next', () => {
    expect(play([[0, true], [50, false], [100, '+0'], [150, '+1']], AT_ONCE, 'end')).toEqual(['raise@0', 'clear@50', 'raise@150']); // prettier-ignore
  });
});
