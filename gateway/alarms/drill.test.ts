/** Drills that a person begins, on an engine with a clock that is moved by hand. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlarmChange } from '../store/rows.ts';
import type { DecisionResult } from './engine.ts';
import { House } from './testing/house.ts';
import { CAR_ALARM, carAlarm, definition, LIFT_FAULT, liftFault } from './testing/site.ts';

const MINUTE = 60_000;

function drill(house: House, alarm: string, forMs = 10 * MINUTE): DecisionResult {
  return house.engine.decide({ verb: 'drill', alarm, by: 'li', note: 'monthly', forMs });
}

function changes(house: House): AlarmChange[] {
  return house.ledger.observations.flatMap(({ alarms = [] }) => alarms);
}

const escalating = { ...liftFault, settings: { ...liftFault.settings, escalationS: [60], latching: true } };

it('a drill goes the way of its alarm, says so in every step, and ends by itself', () => {
  const house = new House();
  house.restart([escalating]);
  expect(drill(house, LIFT_FAULT)).toEqual({ ok: true });
  expect(house.ledger.news()).toEqual([`raise ${LIFT_FAULT} B`]);
  expect(house.wait(2 * MINUTE)).toEqual([`escalate ${LIFT_FAULT} B`]);
  expect(house.wait(8 * MINUTE)).toEqual([`clear ${LIFT_FAULT} E`]);
  expect(house.engine.decide(house.decision(LIFT_FAULT))).toEqual({ ok: true });
  expect(house.engine.decide(house.decision(LIFT_FAULT, { verb: 'reset' }))).toEqual({ ok: true });
  expect(house.ledger.row(LIFT_FAULT).letter).toBe('A');
  expect(changes(house).map(({ after }) => after.drill)).toEqual([true, true, true, true, true]);
  expect(changes(house)[0]).toMatchObject({ by: 'li', note: 'monthly', after: { count: 1 } });
});

it('a person ends it sooner, and once', () => {
  const house = new House();
  drill(house, CAR_ALARM);
  const end = () => house.engine.decide({ verb: 'endDrill', alarm: CAR_ALARM, by: 'li', note: null });
  expect(end()).toEqual({ ok: true });
  expect(house.ledger.row(CAR_ALARM).letter).toBe('E');
  expect(end()).toMatchObject({ ok: false, code: 'noDrill' });
  house.ledger.news();
  expect(house.wait(20 * MINUTE)).toEqual([]);
});

it('needs an alarm that is normal, shown, and not a drill by its type', () => {
  const house = new House();
  const tested = definition('lift-3-2', 'lift.test', liftFault.trigger, { drill: true });
  house.restart([carAlarm, liftFault, tested]);
  expect(drill(house, tested.alarm)).toMatchObject({ code: 'notDrillable' });
  house.pollCounter(1);
  expect(drill(house, CAR_ALARM)).toMatchObject({ code: 'notNormal' });
  expect(drill(house, 'nothing--like-it')).toMatchObject({ code: 'unknownAlarm' });
});

it('what is raised in earnest meanwhile is announced anew, and is no drill', () => {
  const house = new House();
  drill(house, CAR_ALARM);
  const rehearsed = house.ledger.row(CAR_ALARM);
  house.time += 5_000;
  house.engine.decide(house.decision(CAR_ALARM));
  house.time += 5_000;
  house.ledger.news();
  expect(house.pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
  const real = house.ledger.row(CAR_ALARM);
  expect(real).toMatchObject({ drill: false, drillEndsAt: null, acked: false, count: 1, escalation: 0 });
  expect(real.occurrenceId).not.toBe(rehearsed.occurrenceId);
  expect(real.announcedAt).toBe(1_700_000_010_000);
  expect(house.wait(60 * MINUTE)).not.toContain(`clear ${CAR_ALARM} E`);
  expect(house.engine.decide({ verb: 'endDrill', alarm: CAR_ALARM, by: 'li', note: null })).toMatchObject({
    code: 'noDrill',
  });
});

it('goes on over a restart, and ends when it would have', () => {
  const house = new House();
  drill(house, LIFT_FAULT);
  house.time += 4 * MINUTE;
  house.restart([liftFault]);
  expect(house.poll({ level3: false })).toEqual([]);
  expect(house.wait(5 * MINUTE)).toEqual([]);
  expect(house.wait(MINUTE)).toEqual([`clear ${LIFT_FAULT} D`]);
  expect(house.ledger.row(LIFT_FAULT).drill).toBe(true);
});

it('an alarm that is raised in earnest after a restart in the middle of its drill is real', () => {
  const house = new House();
  drill(house, LIFT_FAULT);
  house.restart([liftFault]);
  house.poll({ level3: true });
  expect(house.wait(10_000)).toEqual([`raise ${LIFT_FAULT} B`]);
  expect(house.ledger.row(LIFT_FAULT)).toMatchObject({ drill: false, detectedAfterOutage: true });
});

it('explains nothing away', () => {
  const cause = definition('power-main', 'power.loss', { kind: 'deviceState', state: 'offline' }, {}, 'meter');
  const explained = { ...liftFault, explainedBy: [{ cause: cause.alarm, holdMs: 0 }] };
  const house = new House();
  house.restart([cause, explained]);
  drill(house, cause.alarm);
  expect(house.ledger.news()).toEqual([`raise ${cause.alarm} B`]);
  house.restart([cause, explained]);
  expect(house.ledger.news()).toEqual([]);
  house.poll({ level3: true });
  expect(house.wait(10_000)).toEqual([`raise ${LIFT_FAULT} B`]);
  house.engine.deviceState('meter', 'offline', { device: 'meter' });
  expect(house.ledger.news()).toEqual([`raise ${cause.alarm} B`, `suppress ${LIFT_FAULT} H`]);
});

const happening = fc.oneof(
  fc.constantFrom('drill', 'endDrill', 'ack', 'reset', 'restart', 'offline', 'press', 'open', 'shut'),
  fc.integer({ min: 1, max: 900_000 }),
);

function happen(house: House, what: string | number): void {
  const { engine, ledger } = house;
  const known = ledger.rows().some(({ alarm }) => alarm === CAR_ALARM);
  if (typeof what === 'number') house.wait(what);
  else if (what === 'drill') drill(house, CAR_ALARM);
  else if (what === 'endDrill') engine.decide({ verb: what, alarm: CAR_ALARM, by: 'li', note: null });
  else if (what === 'restart') house.restart([carAlarm]);
  else if (what === 'offline') house.state('offline');
  else if (what === 'press') house.pollCounter(1);
  else if (what === 'open' || what === 'shut') house.poll({ level2: what === 'shut', counter2: 7 });
  else if (known) engine.decide(house.decision(CAR_ALARM, { verb: what as 'ack' | 'reset' }));
}

it('whatever drills there were, a press is announced as real, and only drills are marked as such', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 40 }), (day) => {
      const house = new House();
      house.restart([carAlarm]);
      for (const what of day) happen(house, what);
      const drilled = new Set<string | null>();
      for (const { type, by, after } of changes(house)) {
        if (type === 'raise' && by !== null) drilled.add(after.occurrenceId);
        expect(after.drill).toBe(drilled.has(after.occurrenceId));
      }
      // The contact is open and its counter has shown every edge of it: this press is a new one.
      happen(house, 'open');
      house.pollCounter(0);
      happen(house, 'press');
      const last = changes(house).at(-1);
      expect(last?.type.startsWith('raise')).toBe(true);
      expect(last?.after).toMatchObject({ active: true, drill: false, drillEndsAt: null });
    }),
    { numRuns: 500 },
  );
});
