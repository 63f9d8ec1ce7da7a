import { beforeEach, describe, expect, it } from 'vitest';
import type { Value } from '../../drivers/contract.ts';
import type { AlarmRow } from '../store/rows.ts';
import { createAlarmEngine, type AlarmEngine, type AlarmDecision } from './engine.ts';
import { createLedger, type Ledger } from './testing/ledger.ts';
import * as site from './testing/site.ts';
import type { AlarmDefinition } from './types.ts';

const { CAR_ALARM, LIFT_FAULT, OFFLINE, POWER_LOSS, reading } = site;
const EVERYTHING = [site.carAlarm, site.liftFault, site.powerLoss, site.offline];
const EMPTY = { device: 'lift-io-3' };

let ledger: Ledger;
let engine: AlarmEngine;
let time: number;

beforeEach(() => {
  ledger = createLedger();
  time = 0;
  start();
});

/** Starts an engine on what the ledger holds, as after a restart. */
function start(definitions: readonly AlarmDefinition[] = EVERYTHING, rows: readonly AlarmRow[] = ledger.rows()): void {
  const clock = { now: () => 1_700_000_000_000 + time, monotonic: () => time };
  engine = createAlarmEngine({ clock, definitions, rows, record: ledger.record });
}

/** Reads points of the input module; `null` is a reading of bad quality. */
function poll(points: Record<string, Value>, device = 'lift-io-3'): string[] {
  const seen = Object.entries(points).map(([point, value]) => reading(point, value));
  engine.observe({ device, seen, observation: { device } });
  return ledger.news();
}

function pollCounter(count: number, afterOutage = false): string[] {
  const pulses = count === 0 ? [] : [{ point: 'counter2', count, afterOutage }];
  engine.observe({ device: 'lift-io-3', seen: [reading('counter2', 7)], pulses, observation: EMPTY });
  return ledger.news();
}

/** Lets time pass as a caller with one timer does. */
function wait(ms: number): string[] {
  const end = time + ms;
  for (let due = engine.nextDue(); due !== null && due <= end; due = engine.nextDue()) {
    time = Math.max(time, due);
    engine.tick();
  }
  time = end;
  return ledger.news();
}

function decision(alarm: string, changes: Partial<AlarmDecision> = {}): AlarmDecision {
  const { occurrenceId, rev } = ledger.row(alarm);
  return { alarm, occurrenceId: occurrenceId ?? '', rev, by: 'li', note: 'seen to', ...changes };
}

describe('a lift', () => {
  it("shows a press between two polls, from the module's counter, until it has been acknowledged and reset", () => {
    expect(poll({ level2: false })).toEqual([]);
    expect(pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(poll({ level2: false })).toEqual([`clear ${CAR_ALARM} E`]);
    expect(engine.reset(decision(CAR_ALARM))).toMatchObject({ ok: false, code: 'acknowledgeFirst' });
    expect(engine.acknowledge(decision(CAR_ALARM))).toMatchObject({ ok: true, stored: true });
    expect(engine.reset(decision(CAR_ALARM))).toMatchObject({ ok: true, row: { letter: 'A' } });
    expect(ledger.news()).toEqual([`ack ${CAR_ALARM} F`, `reset ${CAR_ALARM} A`]);
    expect(ledger.row(CAR_ALARM)).toMatchObject({ count: 1, ackedBy: 'li', detectedAfterOutage: false });
  });

  it('raises once for a press that both the level and the counter show', () => {
    poll({ level2: false });
    expect(pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(poll({ level2: true })).toEqual([]);
    expect([pollCounter(0), wait(5000)].flat()).toEqual([]);
  });

  it('counts every further press within the occurrence', () => {
    pollCounter(1);
    expect(pollCounter(1)).toEqual([`raiseAgain ${CAR_ALARM} B`]);
    engine.acknowledge(decision(CAR_ALARM));
    pollCounter(2);
    expect(ledger.news()).toEqual([]);
    expect(ledger.row(CAR_ALARM)).toMatchObject({ letter: 'C', count: 3 });
  });

  it('whose counter cannot be read still raises by its level, after the on-delay', () => {
    engine.observe({ device: 'lift-io-3', seen: [reading('counter2', null), reading('level2', false)], observation: EMPTY }); // prettier-ignore
    poll({ level2: true });
    expect(wait(999)).toEqual([]);
    expect(wait(1)).toEqual([`raise ${CAR_ALARM} B`]);
  });

  it('raises by its latch, too, and once where counter and latch show the same edge', () => {
    const both = [
      { point: 'counter2', count: 1, afterOutage: false },
      { point: 'latch2', count: 1, afterOutage: false },
      { point: 'latch9', count: 1, afterOutage: false },
    ];
    const seen = [reading('latch2', true)];
    engine.observe({ device: 'lift-io-3', seen, pulses: both.slice(1), observation: EMPTY });
    expect(ledger.news()).toEqual([`raise ${CAR_ALARM} B`]);
    engine.observe({ device: 'lift-io-3', seen, pulses: both, observation: EMPTY });
    expect(ledger.news()).toEqual([`raiseAgain ${CAR_ALARM} B`]);
    engine.observe({ device: 'lift-io-3', seen, pulses: both.slice(2), observation: EMPTY });
    expect(ledger.news()).toEqual([]);
  });

  it('raises once where an idle latch is read between level and counter', () => {
    poll({ level2: false });
    poll({ level2: true });
    expect(wait(1000)).toEqual([`raise ${CAR_ALARM} B`]);
    expect([poll({ latch2: false }), pollCounter(1)].flat()).toEqual([]);
  });

  it('does not raise a fault for a contact that bounces within the on-delay', () => {
    poll({ level3: false });
    for (let i = 0; i < 50; i++) expect([poll({ level3: i % 2 === 0 }), wait(500)].flat()).toEqual([]);
  });

  it('keeps one fault for a contact that chatters within the off-delay', () => {
    poll({ level3: false });
    poll({ level3: true });
    expect(wait(10_000)).toEqual([`raise ${LIFT_FAULT} B`]);
    for (let i = 0; i < 50; i++) expect([poll({ level3: i % 2 === 0 }), wait(500)].flat()).toEqual([]);
    poll({ level3: false });
    expect(wait(30_000)).toEqual([`clear ${LIFT_FAULT} D`]);
  });
});

describe('several points of one alarm', () => {
  const phases = (v1: Value, v2: Value, v3: Value) => poll({ v1, v2, v3 }, 'meter-main');

  it('raise when any one of them is met, and clear when none is', () => {
    expect(phases(230, 229, 231)).toEqual([]);
    expect(phases(230, 0, 231)).toEqual([`raise ${POWER_LOSS} B`]);
    expect(phases(0, 229, 231)).toEqual([]);
    expect(phases(180, 229, 231)).toEqual([]);
    expect(phases(230, 229, 231)).toEqual([`clear ${POWER_LOSS} D`]);
  });

  it('do not clear while one of them is unknown', () => {
    phases(230, 0, 231);
    ledger.news();
    expect(phases(230, null, 231)).toEqual([]);
    expect(phases(230, 229, 231)).toEqual([`clear ${POWER_LOSS} D`]);
  });

  it('may come from different polls', () => {
    poll({ v1: 230, v2: 230 }, 'meter-main');
    expect(poll({ v3: 0 }, 'meter-main')).toEqual([`raise ${POWER_LOSS} B`]);
  });
});

describe('a device that cannot be heard', () => {
  const state = (name: 'online' | 'degraded' | 'offline' | 'unknown') => {
    engine.deviceState('lift-io-3', name, EMPTY);
    return ledger.news();
  };

  it('raises its own alarm, and clears it when it has been heard again for a while', () => {
    expect([state('online'), state('offline'), wait(89_999)].flat()).toEqual([]);
    expect(wait(1)).toEqual([`raise ${OFFLINE} B`]);
    expect([state('degraded'), wait(29_999)].flat()).toEqual([]);
    expect(wait(1)).toEqual([`clear ${OFFLINE} D`]);
  });

  it('leaves an active alarm of its points active, and raises none', () => {
    pollCounter(1);
    poll({ level2: true, level3: true });
    expect(ledger.news()).toEqual([]);
    expect([poll({ level2: null, level3: null, counter2: null }), state('offline'), wait(80_000)].flat()).toEqual([]);
    expect(ledger.row(CAR_ALARM).letter).toBe('B');
  });

  it('stops the delays of its points even if no reading says so', () => {
    poll({ level3: false });
    poll({ level3: true });
    expect([wait(5000), state('unknown'), wait(60_000)].flat()).toEqual([]);
    expect([poll({ level3: true }), wait(4999)].flat()).toEqual([]);
    expect(wait(1)).toEqual([`raise ${LIFT_FAULT} B`]);
    expect(ledger.row(LIFT_FAULT).detectedAfterOutage).toBe(false);
  });

  it('stops the delays of its points while some of its polls fail, until they are read again', () => {
    poll({ level3: false });
    poll({ level3: true });
    expect([wait(5000), state('degraded'), wait(60_000)].flat()).toEqual([]);
    expect([poll({ level3: true }), wait(4999)].flat()).toEqual([]);
    expect(wait(1)).toEqual([`raise ${LIFT_FAULT} B`]);
    poll({ level3: false });
    expect([wait(29_999), state('degraded'), wait(60_000)].flat()).toEqual([]);
    expect([poll({ level3: false }), wait(1)].flat()).toEqual([`clear ${LIFT_FAULT} D`]);
    state('degraded');
    poll({ level3: true });
    wait(10_000);
    expect(ledger.row(LIFT_FAULT)).toMatchObject({ letter: 'B', detectedAfterOutage: false });
  });

  it('shows what became active meanwhile as detected after an outage', () => {
    poll({ level3: false });
    poll({ level3: null });
    poll({ level3: true });
    wait(10_000);
    expect(ledger.row(LIFT_FAULT)).toMatchObject({ letter: 'B', detectedAfterOutage: true });
  });

  it('shows presses that its counter counted meanwhile as detected after an outage', () => {
    pollCounter(3, true);
    expect(ledger.row(CAR_ALARM)).toMatchObject({ letter: 'B', count: 1, detectedAfterOutage: true });
  });
});

describe('a restart', () => {
  /** Brings the car alarm to a letter. */
  function bring(letter: 'A' | 'B' | 'C' | 'E' | 'F'): void {
    poll({ level2: false });
    if (letter === 'A') return;
    poll({ level2: true });
    wait(1000);
    if (letter === 'C' || letter === 'F') engine.acknowledge(decision(CAR_ALARM));
    if (letter === 'E' || letter === 'F') poll({ level2: false });
    expect(ledger.row(CAR_ALARM).letter).toBe(letter);
    ledger.news();
  }

  it.each([
    ['A', false, []],
    ['A', true, ['raise B']],
    ['B', true, []],
    ['B', false, ['clear E']],
    ['C', true, []],
    ['C', false, ['clear F']],
    ['E', false, []],
    ['E', true, ['raise B']],
    ['F', false, []],
    ['F', true, ['raise B']],
  ] as const)('in %s with the contact at %s says %o', (letter, level, expected) => {
    bring(letter);
    const before = ledger.rows();
    start();
    expect(ledger.news()).toEqual([]);
    expect(ledger.rows()).toEqual(before);
    const said = [...poll({ level2: level }), ...wait(1000)];
    expect(said).toEqual(expected.map((change) => change.replace(' ', ` ${CAR_ALARM} `)));
    if (level && expected.length > 0) expect(ledger.row(CAR_ALARM).detectedAfterOutage).toBe(true);
  });

  it('goes on with the occurrence, and begins the next one under another id', () => {
    bring('F');
    const { occurrenceId } = ledger.row(CAR_ALARM);
    start();
    pollCounter(1);
    expect(ledger.row(CAR_ALARM)).toMatchObject({ occurrenceId, count: 2 });
    poll({ level2: false });
    engine.acknowledge(decision(CAR_ALARM));
    engine.reset(decision(CAR_ALARM));
    time = -60_000;
    start();
    pollCounter(1);
    expect(ledger.row(CAR_ALARM)).toMatchObject({ letter: 'B', count: 1 });
    expect(ledger.row(CAR_ALARM).occurrenceId).not.toBe(occurrenceId);
  });
});

describe('what is recorded', () => {
  it('is nothing where there is nothing to store', () => {
    poll({ level2: false, level3: true });
    engine.deviceState('lift-io-3', 'online', EMPTY);
    engine.tick();
    expect(ledger.observations).toEqual([]);
  });

  it('is the observation and its alarms in one call, and its own `stored` is called too', () => {
    const told: (readonly number[])[] = [];
    const stored = (seqs: readonly number[]) => void told.push(seqs);
    const event = { domain: 'lift', type: 'pulse', source: 'lift-3-2', at: 0, data: {} };
    const seen = [reading('counter2', 8)];
    const pulses = [{ point: 'counter2', count: 1, afterOutage: false }];
    engine.observe({ device: 'lift-io-3', seen, pulses, observation: { ...EMPTY, events: [event], stored } });
    expect(ledger.observations).toHaveLength(1);
    expect(ledger.observations[0]).toMatchObject({ device: 'lift-io-3', events: [event], alarms: [{ type: 'raise' }] });
    expect(told).toEqual([[101]]);
  });

  it('is the observation alone where no alarm changes', () => {
    const knowledge = { holes: [3] };
    engine.observe({ device: 'lift-io-3', seen: [], observation: { ...EMPTY, knowledge } });
    expect(ledger.observations).toMatchObject([{ device: 'lift-io-3', knowledge, alarms: [] }]);
  });

  it('is one observation for all the delays that end together', () => {
    engine.deviceState('lift-io-3', 'online', EMPTY);
    poll({ level3: false });
    engine.deviceState('lift-io-3', 'offline', EMPTY);
    engine.configure([...EVERYTHING, { ...site.offline, alarm: 'twin' }]);
    engine.deviceState('lift-io-3', 'offline', EMPTY);
    expect(wait(90_000)).toEqual([`raise ${OFFLINE} B`, 'raise twin B']);
    expect(ledger.observations).toHaveLength(1);
  });
});

describe('a store that cannot write', () => {
  it('gets every change in order, and the revisions are those of the last event that it reports', () => {
    ledger.mode = 'wait';
    expect(pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(poll({ level2: false })).toEqual([`clear ${CAR_ALARM} E`]);
    expect(ledger.rows()).toEqual([]);
    ledger.mode = 'store';
    expect(ledger.row(CAR_ALARM)).toMatchObject({ letter: 'E', rev: 102 });
    expect(engine.acknowledge(decision(CAR_ALARM))).toMatchObject({ ok: true, row: { rev: 103 }, stored: true });
  });

  it('refuses a decision about a change that is not stored yet', () => {
    pollCounter(1);
    const seen = decision(CAR_ALARM);
    ledger.mode = 'wait';
    pollCounter(1);
    expect(engine.acknowledge(seen)).toMatchObject({ ok: false, code: 'unstored' });
    ledger.mode = 'store';
    expect(engine.acknowledge(seen)).toMatchObject({ ok: false, code: 'stale' });
    expect(engine.acknowledge(decision(CAR_ALARM))).toMatchObject({ ok: true });
  });

  it('says of a decision that it took whether it is safe yet', () => {
    pollCounter(1);
    const seen = decision(CAR_ALARM);
    ledger.mode = 'wait';
    expect(engine.acknowledge(seen)).toMatchObject({ ok: true, stored: false });
  });

  it('that throws has changed nothing: the next poll raises again', () => {
    ledger.mode = 'throw';
    expect(() => pollCounter(1)).toThrow('the store is broken');
    ledger.mode = 'store';
    expect(pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(ledger.row(CAR_ALARM).count).toBe(1);
  });
});

describe('a decision', () => {
  it('about an unknown alarm is refused', () => {
    expect(engine.acknowledge({ alarm: 'x', occurrenceId: 'x-1', rev: 1, by: 'li', note: null })).toEqual({
      ok: false,
      code: 'unknownAlarm',
      message: 'there is no such alarm',
    });
  });

  it('that is refused records nothing', () => {
    pollCounter(1);
    ledger.news();
    expect(engine.acknowledge(decision(CAR_ALARM, { rev: 3 }))).toMatchObject({ ok: false, code: 'stale' });
    expect(engine.reset(decision(CAR_ALARM))).toMatchObject({ ok: false, code: 'stillActive' });
    expect(ledger.news()).toEqual([]);
  });
});

describe('a new configuration', () => {
  it('leaves an alarm that it does not touch as it is, delays and all', () => {
    poll({ level3: false });
    poll({ level3: true });
    expect(wait(6000)).toEqual([]);
    engine.configure(structuredClone(EVERYTHING));
    expect(wait(3999)).toEqual([]);
    expect(wait(1)).toEqual([`raise ${LIFT_FAULT} B`]);
  });

  it('with other delays applies them to a delay that is running', () => {
    poll({ level3: false });
    poll({ level3: true });
    wait(4000);
    engine.configure([{ ...site.liftFault, settings: { ...site.liftFault.settings, onDelayMs: 5000, priority: 2 } }]);
    expect(wait(1000)).toEqual([`raise ${LIFT_FAULT} B`]);
    expect(ledger.row(LIFT_FAULT).priority).toBe(2);
  });

  it('with another test reads the points again before it says anything', () => {
    poll({ v1: 0, v2: 0, v3: 0 }, 'meter-main');
    const tests = [{ point: 'v1', kind: 'below' as const, limit: 100, hysteresis: 20 }];
    engine.configure([{ ...site.powerLoss, trigger: { kind: 'points', tests, pulse: null } }]);
    ledger.news();
    expect(poll({ v1: 110 }, 'meter-main')).toEqual([]);
    expect(poll({ v1: 121 }, 'meter-main')).toEqual([`clear ${POWER_LOSS} D`]);
  });

  it('without a rule for an active alarm clears it with a note, and leaves it to be dealt with', () => {
    pollCounter(1);
    ledger.news();
    engine.configure([]);
    expect(ledger.news()).toEqual([`clear ${CAR_ALARM} E`]);
    expect(ledger.observations.at(-1)?.alarms?.[0]).toMatchObject({
      by: null,
      note: 'cleared because the configuration no longer has a rule for it',
    });
    engine.configure([]);
    expect([pollCounter(1), poll({ level2: true }), wait(5000)].flat()).toEqual([]);
    engine.acknowledge(decision(CAR_ALARM));
    engine.reset(decision(CAR_ALARM));
    expect(ledger.row(CAR_ALARM).letter).toBe('A');
  });

  it('that lacks the rule at a start does the same', () => {
    pollCounter(1);
    ledger.news();
    start([]);
    expect(ledger.news()).toEqual([`clear ${CAR_ALARM} E`]);
  });

  it('that has the rule again goes on with the same alarm', () => {
    pollCounter(1);
    engine.configure([]);
    engine.configure(EVERYTHING);
    ledger.news();
    expect(pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(ledger.row(CAR_ALARM).count).toBe(2);
  });
});
