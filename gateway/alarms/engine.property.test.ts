/** Random days of two alarms of one device: what must hold whatever happens. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlarmChange } from '../store/rows.ts';
import { createAlarmEngine, type AlarmEngine } from './engine.ts';
import { createLedger, type Ledger } from './testing/ledger.ts';
import { carAlarm, liftFault, reading } from './testing/site.ts';

const ALARMS = [carAlarm.alarm, liftFault.alarm];
const DEVICE = 'lift-io-3';

interface House {
  readonly ledger: Ledger;
  engine: AlarmEngine;
  time: number;
  /** Nothing of the device is known since the last good reading. */
  blind: boolean;
}

function newHouse(): House {
  const ledger = createLedger();
  const house = { ledger, time: 0, blind: true };
  return Object.assign(house, { engine: start(house) });
}

function start(house: Pick<House, 'ledger' | 'time'>): AlarmEngine {
  const clock = { now: () => 1_700_000_000_000 + house.time, monotonic: () => house.time };
  const { ledger } = house;
  return createAlarmEngine({ clock, definitions: [carAlarm, liftFault], rows: ledger.rows(), record: ledger.record });
}

function look(house: House, levels: readonly [boolean, boolean] | null, edges: number): void {
  const seen = [
    reading('level2', levels && levels[0]),
    reading('level3', levels && levels[1]),
    reading('counter2', levels && 1),
  ];
  const pulses = edges > 0 ? [{ point: 'counter2', count: edges, afterOutage: false }] : [];
  house.engine.observe({ device: DEVICE, seen, pulses, observation: { device: DEVICE } });
  house.blind = levels === null;
}

function wait(house: House, ms: number): void {
  const end = house.time + ms;
  for (let due = house.engine.nextDue(); due !== null && due <= end; due = house.engine.nextDue()) {
    house.time = due;
    house.engine.tick();
  }
  house.time = end;
}

function decide(house: House, type: 'acknowledge' | 'reset', alarm: string, isStale: boolean): void {
  const row = house.ledger.rows().find((candidate) => candidate.alarm === alarm);
  const rev = (row?.rev ?? 0) - (isStale ? 1 : 0);
  const result = house.engine[type]({ alarm, occurrenceId: row?.occurrenceId ?? '', rev, by: 'li', note: 'seen to' });
  if (isStale) expect(result.ok).toBe(false);
}

type Action = (house: House) => AlarmChange['type'][];

/** Each action does something and returns the kinds of change that it may cause. */
const action: fc.Arbitrary<Action> = fc
  .oneof(
    { weight: 4, arbitrary: fc.tuple(fc.boolean(), fc.boolean(), fc.nat({ max: 2 })) },
    { weight: 2, arbitrary: fc.constantFrom('fail', 'offline', 'restart') },
    { weight: 4, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
    {
      weight: 4,
      arbitrary: fc.record({
        type: fc.constantFrom('acknowledge', 'reset'),
        alarm: fc.constantFrom(...ALARMS),
        isStale: fc.boolean(),
      }),
    },
  )
  .map((what): Action => (house) => {
    if (typeof what === 'number') {
      wait(house, what);
      return house.blind ? [] : ['raise', 'clear'];
    }
    if (Array.isArray(what)) {
      look(house, [what[0], what[1]], what[2]);
      return ['raise', 'raiseAgain', 'clear'];
    }
    if (typeof what === 'object') {
      decide(house, what.type, what.alarm, what.isStale);
      return what.type === 'reset' ? ['reset'] : ['ack'];
    }
    if (what === 'fail') look(house, null, 0);
    if (what === 'offline') house.engine.deviceState(DEVICE, 'offline', { device: DEVICE });
    if (what === 'restart') house.engine = start(house);
    house.blind = true;
    return [];
  });

it('nothing is lost, nothing vanishes, and silence says nothing', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
      const house = newHouse();
      const attended = new Map<string, boolean>();
      let known = 0;
      for (const act of actions) {
        const allowed = act(house);
        const changes = house.ledger.observations.slice(known).flatMap(({ alarms = [] }) => alarms);
        known = house.ledger.observations.length;
        for (const change of changes) {
          expect(allowed).toContain(change.type);
          const { alarm, letter, latched, acked, active } = change.after;
          if (change.from !== 'C' && change.type === 'raise') attended.set(alarm, false);
          if (change.type === 'ack') attended.set(alarm, true);
          if (change.type !== 'ack' && 'BDE'.includes(change.from)) expect(acked).toBe(false);
          if (change.type !== 'reset' && 'EF'.includes(change.from)) expect(latched).toBe(true);
          if (letter === 'A') expect([attended.get(alarm), active, latched, acked]).toEqual([true, false, false, true]);
        }
      }
    }),
    { numRuns: 400 },
  );
});

it('a counted press announces the alarm, whatever went before', () => {
  fc.assert(
    fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
      const house = newHouse();
      for (const act of actions) act(house);
      // The contact is open and its counter has shown every edge of it: this press is a new one.
      look(house, [false, false], 0);
      look(house, [false, false], 1);
      const changes = house.ledger.observations.flatMap(({ alarms = [] }) => alarms);
      expect(changes.at(-1)).toMatchObject({ type: 'raise', after: { alarm: carAlarm.alarm, letter: 'B' } });
    }),
    { numRuns: 400 },
  );
});
