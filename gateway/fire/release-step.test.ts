import { beforeEach, describe, expect, it } from 'vitest';
import { endedCauses, retryMs, unansweredSince } from './release-step.ts';
import { Opened, TARGET } from './testing/opened.ts';

let gate: Opened;
beforeEach(() => {
  gate = new Opened();
});

const types = (events: ReturnType<Opened['look']>) => events.map(({ type, cause }) => `${type} ${cause.occurrenceId}`);

describe('a target', () => {
  it('is asked at once, and is open when it was seen to be', () => {
    expect(types(gate.raise('a'))).toEqual(['releaseAsked a']);
    expect(gate.command).toBe('c1');
    gate.now = 4_000.4;
    const [answer] = gate.opens();
    expect(answer).toMatchObject({
      ...{ type: 'releaseAnswered', command: 'c1', afterMs: 4_000 },
      seen: [{ point: 'status', value: 'open' }],
    });
    gate.wait(100_000);
    expect([gate.asks.length, unansweredSince(gate.state)]).toEqual([1, null]);
  });

  it('that fails is asked again ever more rarely, for ever, and tells the same reason once', () => {
    gate.raise('a');
    const told = Array.from({ length: 9 }, () => {
      const events = gate.fails();
      for (let waits = 0; gate.command === null && waits < 200; waits += 1) gate.wait(500);
      return types(events);
    });
    expect(told).toEqual([['releaseFailed a'], ...Array<string[]>(8).fill([])]);
    const gaps = gate.asks.slice(1).map(({ at }, n) => at - (gate.asks[n]?.at ?? 0));
    expect(gaps).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((s) => s * 1_000));
    expect(types(gate.fails('another reason'))).toEqual(['releaseFailed a']);
    expect(unansweredSince(gate.state)).toBe(0);
  });

  it('whose device is back is asked at once', () => {
    gate.heard = { isOnline: false, since: 0 };
    gate.raise('a');
    for (const ms of [1_000, 2_000, 4_000, 8_000]) {
      gate.fails();
      gate.wait(ms);
    }
    gate.fails();
    gate.wait(2_000);
    expect(gate.command).toBeNull();
    gate.heard = { isOnline: true, since: 17_000 };
    gate.wait(500);
    expect(gate.command).not.toBeNull();
    gate.fails();
    gate.wait(1_900);
    expect(gate.command).toBeNull();
  });

  it('does not let another alarm wait for what a dead device is given time for', () => {
    gate.raise('a');
    for (const ms of [1_000, 2_000, 4_000, 8_000]) {
      gate.fails();
      gate.wait(ms);
    }
    gate.fails();
    gate.wait(3_000);
    expect(types(gate.raise('b'))).toEqual(['releaseAsked b']);
  });

  it('that is opening for one alarm is open for the next, by one command', () => {
    gate.raise('a');
    expect(types(gate.raise('b'))).toEqual(['releaseAsked b']);
    expect(types(gate.opens())).toEqual(['releaseAnswered a', 'releaseAnswered b']);
    expect(gate.asks).toHaveLength(1);
  });

  it('that is open is asked for another alarm all the same', () => {
    gate.raise('a');
    gate.opens();
    expect(types(gate.raise('b'))).toEqual(['releaseAsked b']);
    expect(types(gate.opens())).toEqual(['releaseAnswered b']);
  });

  it('has not opened for an alarm that came after it', () => {
    gate.raise('a');
    gate.causes = [...gate.causes, { alarm: 'fire-1--fire-alarm', occurrenceId: 'b' }];
    expect(types(gate.opens())).toEqual(['releaseAnswered a', 'releaseAsked b']);
    expect(gate.asks).toHaveLength(2);
  });

  it('that is closed by hand is asked to open again', () => {
    gate.raise('a');
    gate.opens();
    gate.now = 5_000;
    expect(types(gate.closes())).toEqual(['releaseLost a', 'releaseAsked a']);
    expect([gate.asks.length, unansweredSince(gate.state)]).toEqual([2, 5_000]);
    gate.now = 7_000;
    expect(gate.opens()).toMatchObject([{ type: 'releaseAnswered', afterMs: 2_000 }]);
  });

  it('is not taken for closed by what was read before it opened', () => {
    gate.now = 1_000;
    gate.raise('a');
    gate.opens();
    gate.shown = { point: 'status', value: 'closed', at: 900 };
    expect(gate.wait(500)).toEqual([]);
  });

  it('is not taken for closed by what it shows while it is told to open again', () => {
    gate.raise('a');
    gate.opens();
    gate.now = 5_000;
    gate.raise('b');
    gate.now = 6_000;
    expect([gate.closes(), types(gate.opens())]).toEqual([[], ['releaseAnswered b']]);
  });

  it('is asked nothing once no alarm stands, whatever becomes of the last command', () => {
    gate.raise('a');
    expect(gate.reset('a')).toEqual([]);
    expect([gate.fails(), gate.wait(100_000)]).toEqual([[], []]);
    expect(gate.asks).toHaveLength(1);
    expect(types(gate.raise('b'))).toEqual(['releaseAsked b']);
  });
});

it('after a restart goes on: asks again for what was not answered, and tells nothing twice', () => {
  gate.raise('a');
  gate.opens();
  gate.raise('b');
  gate.fails();
  gate.restart();
  expect(gate.answered()).toEqual(['a']);
  expect(gate.look()).toEqual([]);
  expect(gate.asks).toHaveLength(3);
  expect(unansweredSince(gate.state)).toBe(0);
  expect(gate.fails()).toEqual([]);
  gate.restart();
  gate.now = 9_000;
  expect(types(gate.closes())).toEqual(['releaseLost a', 'releaseAsked a']);
});

it('what is over names the targets that were not seen to open', () => {
  gate.raise('a');
  gate.opens();
  gate.raise('b');
  const states = new Map([[TARGET.id, gate.state]]);
  expect(endedCauses(states, new Set(['a', 'b']))).toEqual([]);
  expect(endedCauses(states, new Set())).toMatchObject([
    { cause: { occurrenceId: 'a' }, unanswered: [] },
    { cause: { occurrenceId: 'b' }, unanswered: [TARGET.id] },
  ]);
});

it('waits a second at least and a minute at most', () => {
  expect([0, 1, 2, 6, 7, 100, 5_000].map(retryMs)).toEqual([0, 1_000, 2_000, 32_000, 60_000, 60_000, 60_000]);
});
