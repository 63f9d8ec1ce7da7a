/** What time alone does: escalation, announcing again, the end of a shelf; over restarts and clocks that are set. */
import { describe, expect, it } from 'vitest';
import { House } from './testing/house.ts';
import { CAR_ALARM, carAlarm, LIFT_FAULT, liftFault } from './testing/site.ts';
import type { AlarmDefinition } from './types.ts';

const HOUR_MS = 3_600_000;
const EPOCH_MS = 1_700_000_000_000;

function having(definition: AlarmDefinition, settings: Partial<AlarmDefinition['settings']>): AlarmDefinition {
  return { ...definition, settings: { ...definition.settings, ...settings } };
}

const escalating = [having(carAlarm, { escalationS: [30, 180] }), liftFault];

function houseOf(definitions: readonly AlarmDefinition[]): House {
  const house = new House();
  house.restart(definitions);
  return house;
}

describe('what nobody acknowledges', () => {
  it('escalates level by level, and no further than there are levels', () => {
    const house = houseOf(escalating);
    house.poll({ level2: true });
    expect(house.wait(1_000)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(house.wait(29_999)).toEqual([]);
    expect(house.wait(1)).toEqual([`escalate ${CAR_ALARM} B`]);
    expect(house.wait(149_999)).toEqual([]);
    expect(house.wait(1)).toEqual([`escalate ${CAR_ALARM} B`]);
    expect(house.ledger.row(CAR_ALARM).escalation).toBe(2);
    expect(house.wait(24 * HOUR_MS)).toEqual([]);
    expect(house.engine.nextDue()).toBeNull();
  });

  it('escalates although its condition has gone', () => {
    const house = houseOf(escalating);
    house.pollCounter(1);
    expect(house.poll({ level2: false })).toEqual([`clear ${CAR_ALARM} E`]);
    expect(house.wait(30_000)).toEqual([`escalate ${CAR_ALARM} E`]);
  });

  it('begins anew when it is announced again', () => {
    const house = houseOf(escalating);
    house.pollCounter(1);
    house.poll({ level2: false });
    house.wait(30_000);
    house.pollCounter(1);
    expect(house.ledger.row(CAR_ALARM).escalation).toBe(0);
    expect(house.wait(29_999)).toEqual([]);
    expect(house.wait(1)).toEqual([`escalate ${CAR_ALARM} B`]);
  });

  it('stops at the acknowledgement', () => {
    const house = houseOf(escalating);
    house.pollCounter(1);
    house.engine.decide(house.decision(CAR_ALARM));
    house.ledger.news();
    expect(house.wait(HOUR_MS)).toEqual([]);
  });

  it('makes up for what a restart has missed', () => {
    const house = houseOf(escalating);
    house.pollCounter(1);
    house.time += 20_000;
    house.restart(escalating);
    expect(house.wait(10_000)).toEqual([`escalate ${CAR_ALARM} B`]);
    house.time += 10 * HOUR_MS;
    house.restart(escalating);
    expect(house.wait(0)).toEqual([`escalate ${CAR_ALARM} B`]);
  });
});

describe('what is acknowledged and stays', () => {
  const reAlarming = [having(liftFault, { onDelayMs: 0, offDelayMs: 0, reAlarmS: 600 })];

  it('is announced again after its time, and again after the next acknowledgement', () => {
    const house = houseOf(reAlarming);
    house.poll({ level3: true });
    for (let round = 0; round < 2; round++) {
      house.engine.decide(house.decision(LIFT_FAULT));
      house.ledger.news();
      expect(house.wait(599_999)).toEqual([]);
      expect(house.wait(1)).toEqual([`reAlarm ${LIFT_FAULT} B`]);
    }
  });

  it('is left in peace once it has gone', () => {
    const house = houseOf(reAlarming);
    house.poll({ level3: true });
    house.engine.decide(house.decision(LIFT_FAULT));
    house.poll({ level3: false });
    house.ledger.news();
    expect(house.wait(HOUR_MS)).toEqual([]);
  });
});

describe('a shelf', () => {
  const fault = [having(liftFault, { onDelayMs: 0, maxShelveS: 7200, escalationS: [60] })];

  function shelved(): House {
    const house = houseOf(fault);
    house.poll({ level3: true });
    const until = EPOCH_MS + house.time + HOUR_MS;
    expect(house.engine.decide(house.decision(LIFT_FAULT, { verb: 'shelve', until }))).toEqual({ ok: true });
    expect(house.ledger.news()).toEqual([`shelve ${LIFT_FAULT} G`]);
    return house;
  }

  it('hides, and ends by itself: what is still active is announced', () => {
    const house = shelved();
    expect(house.wait(HOUR_MS - 1)).toEqual([]);
    expect(house.wait(1)).toEqual([`unshelve ${LIFT_FAULT} B`]);
    expect(house.wait(60_000)).toEqual([`escalate ${LIFT_FAULT} B`]);
  });

  it('ends over a restart', () => {
    const house = shelved();
    house.time += 2 * HOUR_MS;
    house.restart(fault);
    expect(house.wait(0)).toEqual([`unshelve ${LIFT_FAULT} B`]);
  });

  it('is ended by a person', () => {
    const house = shelved();
    house.engine.decide({ verb: 'unshelve', alarm: LIFT_FAULT, by: 'li', note: null });
    expect(house.ledger.news()).toEqual([`unshelve ${LIFT_FAULT} B`]);
  });

  it.each([
    ['an hour', HOUR_MS],
    ['ten years', 10 * 365 * 24 * HOUR_MS],
  ])('is neither shortened nor lengthened by a clock that jumps by %s', (_, jumpMs) => {
    for (const jump of [jumpMs, -jumpMs]) {
      const house = shelved();
      house.clockOffset = jump;
      expect(house.wait(HOUR_MS - 1)).toEqual([]);
      expect(house.wait(1)).toEqual([`unshelve ${LIFT_FAULT} B`]);
    }
  });

  it('is no longer than its type allows, although the clock was set back while the gateway was down', () => {
    const house = shelved();
    house.clockOffset = -10 * 365 * 24 * HOUR_MS;
    house.restart(fault);
    expect(house.wait(7_200_000)).toEqual([`unshelve ${LIFT_FAULT} B`]);
  });

  it.each([
    ['of priority 1', { priority: 1 }],
    ['that nobody may shelve', { shelvable: false }],
  ] as const)('ends where its type becomes one %s, at once and at a start', (_, changes) => {
    const changed = [having(liftFault, { onDelayMs: 0, ...changes })];
    const [running, started] = [shelved(), shelved()];
    running.engine.configure(changed);
    started.restart(changed);
    for (const house of [running, started]) expect(house.wait(0)).toEqual([`unshelve ${LIFT_FAULT} B`]);
  });

  it('is over sooner where its type allows less from now on, and no later by another change', () => {
    const house = shelved();
    for (const settings of [{ maxShelveS: 600 }, { maxShelveS: 86_400 }]) {
      house.engine.configure([having(liftFault, { onDelayMs: 0, ...settings })]);
      expect(house.wait(299_999)).toEqual([]);
    }
    expect(house.wait(2)).toEqual([`unshelve ${LIFT_FAULT} B`]);
  });
});

describe('out of service', () => {
  it('is not for alarms that are announced during maintenance too', () => {
    const house = houseOf([having(carAlarm, { duringMaintenance: true }), liftFault]);
    house.pollCounter(1);
    const refused = house.engine.decide(house.decision(CAR_ALARM, { verb: 'removeFromService' }));
    expect(refused).toMatchObject({ ok: false, code: 'notPermitted' });
  });
});
