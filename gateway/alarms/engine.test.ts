import { beforeEach, describe, expect, it } from 'vitest';
import type { Value } from '../../drivers/contract.ts';
import { EMPTY, House } from './testing/house.ts';
import * as site from './testing/site.ts';

const { CAR_ALARM, LIFT_FAULT, OFFLINE, POWER_LOSS, reading } = site;

let house: House;
beforeEach(() => {
  house = new House();
});

describe('a lift', () => {
  it("shows a press between two polls, from the module's counter, until it has been acknowledged and reset", () => {
    expect(house.poll({ level2: false })).toEqual([]);
    expect(house.pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(house.poll({ level2: false })).toEqual([`clear ${CAR_ALARM} E`]);
    expect(house.engine.decide(house.decision(CAR_ALARM, { verb: 'reset' }))).toMatchObject({
      ok: false,
      code: 'acknowledgeFirst',
    });
    expect(house.engine.decide(house.decision(CAR_ALARM))).toEqual({ ok: true });
    expect(house.engine.decide(house.decision(CAR_ALARM, { verb: 'reset' }))).toEqual({ ok: true });
    expect(house.ledger.row(CAR_ALARM).letter).toBe('A');
    expect(house.ledger.news()).toEqual([`ack ${CAR_ALARM} F`, `reset ${CAR_ALARM} A`]);
    expect(house.ledger.row(CAR_ALARM)).toMatchObject({ count: 1, ackedBy: 'li', detectedAfterOutage: false });
  });

  it('raises once for a press that both the level and the counter show', () => {
    house.poll({ level2: false });
    expect(house.pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(house.poll({ level2: true })).toEqual([]);
    expect([house.pollCounter(0), house.wait(5000)].flat()).toEqual([]);
  });

  it('counts every further press within the occurrence', () => {
    house.pollCounter(1);
    expect(house.pollCounter(1)).toEqual([`raiseAgain ${CAR_ALARM} B`]);
    house.engine.decide(house.decision(CAR_ALARM));
    house.pollCounter(2);
    expect(house.ledger.news()).toEqual([]);
    expect(house.ledger.row(CAR_ALARM)).toMatchObject({ letter: 'C', count: 3 });
  });

  it('whose counter cannot be read still raises by its level, after the on-delay', () => {
    house.engine.observe({ device: 'lift-io-3', seen: [reading('counter2', null), reading('level2', false)], observation: EMPTY }); // prettier-ignore
    house.poll({ level2: true });
    expect(house.wait(999)).toEqual([]);
    expect(house.wait(1)).toEqual([`raise ${CAR_ALARM} B`]);
  });

  it('raises by its latch, too, and once where counter and latch show the same edge', () => {
    const both = [
      { point: 'counter2', count: 1, afterOutage: false },
      { point: 'latch2', count: 1, afterOutage: false },
      { point: 'latch9', count: 1, afterOutage: false },
    ];
    const seen = [reading('latch2', true)];
    house.engine.observe({ device: 'lift-io-3', seen, pulses: both.slice(1), observation: EMPTY });
    expect(house.ledger.news()).toEqual([`raise ${CAR_ALARM} B`]);
    house.engine.observe({ device: 'lift-io-3', seen, pulses: both, observation: EMPTY });
    expect(house.ledger.news()).toEqual([`raiseAgain ${CAR_ALARM} B`]);
    house.engine.observe({ device: 'lift-io-3', seen, pulses: both.slice(2), observation: EMPTY });
    expect(house.ledger.news()).toEqual([]);
  });

  it('raises once where an idle latch is read between level and counter', () => {
    house.poll({ level2: false });
    house.poll({ level2: true });
    expect(house.wait(1000)).toEqual([`raise ${CAR_ALARM} B`]);
    expect([house.poll({ latch2: false }), house.pollCounter(1)].flat()).toEqual([]);
  });

  it('does not raise a fault for a contact that bounces within the on-delay', () => {
    house.poll({ level3: false });
    for (let i = 0; i < 50; i++) expect([house.poll({ level3: i % 2 === 0 }), house.wait(500)].flat()).toEqual([]);
  });

  it('counts a second press that the counter shows on top of what the level has raised', () => {
    house.poll({ level2: false });
    house.poll({ level2: true });
    house.wait(1000);
    expect(house.pollCounter(2)).toEqual([`raiseAgain ${CAR_ALARM} B`]);
  });

  it('raises a fault whose on-delay was met before the contact opened, however late the timer', () => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    house.time += 10_500;
    expect(house.poll({ level3: false })).toEqual([`raise ${LIFT_FAULT} B`]);
    expect(house.wait(30_000)).toEqual([`clear ${LIFT_FAULT} D`]);
  });

  it('raises a fault whose on-delay was met before its device was lost in part, however late the timer', () => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    house.time += 10_500;
    expect(house.state('degraded')).toEqual([`raise ${LIFT_FAULT} B`]);
  });

  it('keeps one fault for a contact that chatters within the off-delay', () => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    expect(house.wait(10_000)).toEqual([`raise ${LIFT_FAULT} B`]);
    for (let i = 0; i < 50; i++) expect([house.poll({ level3: i % 2 === 0 }), house.wait(500)].flat()).toEqual([]);
    house.poll({ level3: false });
    expect(house.wait(30_000)).toEqual([`clear ${LIFT_FAULT} D`]);
  });
});

describe('several points of one alarm', () => {
  const phases = (v1: Value, v2: Value, v3: Value) => house.poll({ v1, v2, v3 }, 'meter-main');

  it('raise when any one of them is met, and clear when none is', () => {
    expect(phases(230, 229, 231)).toEqual([]);
    expect(phases(230, 0, 231)).toEqual([`raise ${POWER_LOSS} B`]);
    expect(phases(0, 229, 231)).toEqual([]);
    expect(phases(180, 229, 231)).toEqual([]);
    expect(phases(230, 229, 231)).toEqual([`clear ${POWER_LOSS} D`]);
  });

  it('remember within the hysteresis what they were before they were unknown', () => {
    phases(0, 230, 230);
    phases(null, 230, 230);
    expect(phases(180, 230, 230)).toEqual([]);
    expect(phases(199, 230, 230)).toEqual([`clear ${POWER_LOSS} D`]);
  });

  it('do not clear while one of them is unknown', () => {
    phases(230, 0, 231);
    house.ledger.news();
    expect(phases(230, null, 231)).toEqual([]);
    expect(phases(230, 229, 231)).toEqual([`clear ${POWER_LOSS} D`]);
  });

  it('may come from different polls', () => {
    house.poll({ v1: 230, v2: 230 }, 'meter-main');
    expect(house.poll({ v3: 0 }, 'meter-main')).toEqual([`raise ${POWER_LOSS} B`]);
  });
});

describe('a device that cannot be heard', () => {
  it('raises its own alarm, and clears it when it has been heard again for a while', () => {
    expect([house.state('online'), house.state('offline'), house.wait(89_999)].flat()).toEqual([]);
    expect(house.wait(1)).toEqual([`raise ${OFFLINE} B`]);
    expect([house.state('degraded'), house.wait(29_999)].flat()).toEqual([]);
    expect(house.wait(1)).toEqual([`clear ${OFFLINE} D`]);
  });

  it.each(['unknown', 'disabled'] as const)('and is %s is neither offline nor back', (name) => {
    expect(
      [house.state('online'), house.state('offline'), house.wait(50_000), house.state(name), house.wait(99_000)].flat(),
    ).toEqual([]);
    expect([house.state('offline'), house.wait(40_000)].flat()).toEqual([`raise ${OFFLINE} B`]);
    expect([house.state(name), house.wait(99_000)].flat()).toEqual([]);
  });

  it('leaves an active alarm of its points active, and raises none', () => {
    house.pollCounter(1);
    house.poll({ level2: true, level3: true });
    expect(house.ledger.news()).toEqual([]);
    expect(
      [house.poll({ level2: null, level3: null, counter2: null }), house.state('offline'), house.wait(80_000)].flat(),
    ).toEqual([]);
    expect(house.ledger.row(CAR_ALARM).letter).toBe('B');
  });

  it('stops the delays of its points even if no reading says so', () => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    expect([house.wait(5000), house.state('unknown'), house.wait(60_000)].flat()).toEqual([]);
    expect([house.poll({ level3: true }), house.wait(4999)].flat()).toEqual([]);
    expect(house.wait(1)).toEqual([`raise ${LIFT_FAULT} B`]);
    expect(house.ledger.row(LIFT_FAULT).detectedAfterOutage).toBe(false);
  });

  it('stops the delays of its points while some of its polls fail, until they are read again', () => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    expect([house.wait(5000), house.state('degraded'), house.wait(60_000)].flat()).toEqual([]);
    expect([house.poll({ level3: true }), house.wait(4999)].flat()).toEqual([]);
    expect(house.wait(1)).toEqual([`raise ${LIFT_FAULT} B`]);
    house.poll({ level3: false });
    expect([house.wait(29_999), house.state('degraded'), house.wait(60_000)].flat()).toEqual([]);
    expect([house.poll({ level3: false }), house.wait(1)].flat()).toEqual([`clear ${LIFT_FAULT} D`]);
    house.state('degraded');
    house.poll({ level3: true });
    house.wait(10_000);
    expect(house.ledger.row(LIFT_FAULT)).toMatchObject({ letter: 'B', detectedAfterOutage: false });
  });

  it('shows what became active meanwhile as detected after an outage', () => {
    house.poll({ level3: false });
    house.poll({ level3: null });
    house.poll({ level3: true });
    house.wait(10_000);
    expect(house.ledger.row(LIFT_FAULT)).toMatchObject({ letter: 'B', detectedAfterOutage: true });
  });

  it('shows presses that its counter counted meanwhile as detected after an outage', () => {
    house.pollCounter(3, true);
    expect(house.ledger.row(CAR_ALARM)).toMatchObject({ letter: 'B', count: 1, detectedAfterOutage: true });
  });
});

describe('a restart', () => {
  /** Brings the car alarm to a letter. */
  function bring(letter: 'A' | 'B' | 'C' | 'E' | 'F'): void {
    house.poll({ level2: false });
    if (letter === 'A') return;
    house.poll({ level2: true });
    house.wait(1000);
    if (letter === 'C' || letter === 'F') house.engine.decide(house.decision(CAR_ALARM));
    if (letter === 'E' || letter === 'F') house.poll({ level2: false });
    expect(house.ledger.row(CAR_ALARM).letter).toBe(letter);
    house.ledger.news();
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
    const before = house.ledger.rows();
    expect(house.restart()).toEqual([]);
    expect(house.ledger.rows()).toEqual(before);
    const said = [...house.poll({ level2: level }), ...house.wait(1000)];
    expect(said).toEqual(expected.map((change) => change.replace(' ', ` ${CAR_ALARM} `)));
    if (level && expected.length > 0) expect(house.ledger.row(CAR_ALARM).detectedAfterOutage).toBe(true);
  });

  it('goes on with the occurrence, and begins the next one under another id', () => {
    bring('F');
    const { occurrenceId } = house.ledger.row(CAR_ALARM);
    house.restart();
    house.pollCounter(1);
    expect(house.ledger.row(CAR_ALARM)).toMatchObject({ occurrenceId, count: 2 });
    house.poll({ level2: false });
    house.engine.decide(house.decision(CAR_ALARM));
    house.engine.decide(house.decision(CAR_ALARM, { verb: 'reset' }));
    house.time = -60_000;
    house.restart();
    house.pollCounter(1);
    expect(house.ledger.row(CAR_ALARM)).toMatchObject({ letter: 'B', count: 1 });
    expect(house.ledger.row(CAR_ALARM).occurrenceId).not.toBe(occurrenceId);
  });
});

it('the next delay is the one that ends first', () => {
  house.poll({ level2: false, level3: false });
  house.engine.deviceState('lift-io-3', 'offline', EMPTY);
  house.poll({ level2: false, level3: false });
  expect(house.engine.nextDue()).toBe(90_000);
  house.time = 5000;
  house.poll({ level3: true });
  expect(house.engine.nextDue()).toBe(15_000);
  house.poll({ level2: true });
  expect(house.engine.nextDue()).toBe(6000);
});

it('no delay is next where the only one is given up', () => {
  house.poll({ level3: false });
  house.poll({ level3: true });
  house.poll({ level3: false });
  expect(house.engine.nextDue()).toBeNull();
});

it('a delay that is given up leaves the others to be ended in time', () => {
  house.poll({ level2: false, level3: false });
  house.poll({ level3: true });
  house.poll({ level2: true });
  house.poll({ level2: false });
  expect(house.wait(9999)).toEqual([]);
  expect(house.engine.nextDue()).toBe(10_000);
  expect(house.wait(1)).toEqual([`raise ${LIFT_FAULT} B`]);
  expect(house.engine.nextDue()).toBeNull();
});
