import { beforeEach, describe, expect, it } from 'vitest';
import { EVERYTHING, House } from './testing/house.ts';
import * as site from './testing/site.ts';

const { CAR_ALARM, LIFT_FAULT, POWER_LOSS } = site;

let house: House;
beforeEach(() => {
  house = new House();
});

describe('a new configuration', () => {
  it('leaves an alarm that it does not touch as it is, delays and all', () => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    expect(house.wait(6000)).toEqual([]);
    house.engine.configure(structuredClone(EVERYTHING));
    expect(house.wait(3999)).toEqual([]);
    expect(house.wait(1)).toEqual([`raise ${LIFT_FAULT} B`]);
  });

  it('with other delays applies them to a delay that is running', () => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    house.wait(4000);
    house.engine.configure([
      { ...site.liftFault, settings: { ...site.liftFault.settings, onDelayMs: 5000, priority: 2 } },
    ]);
    expect(house.wait(1000)).toEqual([`raise ${LIFT_FAULT} B`]);
    expect(house.ledger.row(LIFT_FAULT).priority).toBe(2);
  });

  it('with another test reads the points again before it says anything', () => {
    house.poll({ v1: 0, v2: 0, v3: 0 }, 'meter-main');
    const tests = [{ point: 'v1', kind: 'below' as const, limit: 100, hysteresis: 20 }];
    house.engine.configure([{ ...site.powerLoss, trigger: { kind: 'points', tests, pulse: null } }]);
    house.ledger.news();
    expect(house.poll({ v1: 110 }, 'meter-main')).toEqual([]);
    expect(house.poll({ v1: 121 }, 'meter-main')).toEqual([`clear ${POWER_LOSS} D`]);
  });

  it.each([
    [
      'another test',
      { trigger: { kind: 'points', tests: [{ point: 'level4', kind: 'in', values: [true] }], pulse: null } },
    ],
    ['another device', { device: 'lift-io-4' }],
  ] as const)('with %s drops a delay that is running', (_, changes) => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    house.engine.configure([{ ...site.liftFault, ...changes }]);
    expect(house.wait(60_000)).toEqual([]);
  });

  it('without a rule for an active alarm clears it with a note, and leaves it to be dealt with', () => {
    house.pollCounter(1);
    house.ledger.news();
    house.engine.configure([]);
    expect(house.ledger.news()).toEqual([`clear ${CAR_ALARM} E`]);
    expect(house.ledger.observations.at(-1)?.alarms?.[0]).toMatchObject({
      by: null,
      note: 'cleared because the configuration no longer has a rule for it',
    });
    house.engine.configure([]);
    expect([house.pollCounter(1), house.poll({ level2: true }), house.wait(5000)].flat()).toEqual([]);
    house.engine.decide(house.decision(CAR_ALARM));
    house.engine.decide(house.decision(CAR_ALARM, { verb: 'reset' }));
    expect(house.ledger.row(CAR_ALARM).letter).toBe('A');
  });

  it('without a rule drops a delay that is running', () => {
    house.poll({ level3: false });
    house.poll({ level3: true });
    house.engine.configure([]);
    expect(house.wait(60_000)).toEqual([]);
  });

  it('that lacks the rule at a start does the same', () => {
    house.pollCounter(1);
    house.ledger.news();
    expect(house.restart([])).toEqual([`clear ${CAR_ALARM} E`]);
  });

  it('that has the rule again goes on with the same alarm', () => {
    house.pollCounter(1);
    house.engine.configure([]);
    house.engine.configure(EVERYTHING);
    house.ledger.news();
    expect(house.pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(house.ledger.row(CAR_ALARM).count).toBe(2);
  });
});
