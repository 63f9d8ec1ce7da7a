/** Random days of two alarms of one device: what must hold whatever happens. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AlarmChange } from '../store/rows.ts';
import { DEVICE, EMPTY, House } from './testing/house.ts';
import { carAlarm, liftFault, reading } from './testing/site.ts';

function look(house: House, levels: readonly [boolean, boolean] | null, edges: number): void {
  const seen = [
    reading('level2', levels && levels[0]),
    reading('level3', levels && levels[1]),
    reading('counter2', levels && 1),
  ];
  const pulses = edges > 0 ? [{ point: 'counter2', count: edges, afterOutage: false }] : [];
  house.engine.observe({ device: DEVICE, seen, pulses, observation: EMPTY });
}

function decide(house: House, type: 'ack' | 'reset', alarm: string, isStale: boolean): void {
  const row = house.ledger.rows().find((candidate) => candidate.alarm === alarm);
  const rev = (row?.rev ?? 0) - (isStale ? 1 : 0);
  const result = house.engine.decide({
    verb: type,
    alarm,
    occurrenceId: row?.occurrenceId ?? null,
    rev,
    by: 'li',
    note: 'seen to',
  });
  if (isStale) expect(result.ok).toBe(false);
}

/** What can happen: a good look, a failure, time, a decision. */
type Happening =
  | readonly [boolean, boolean, number]
  | 'fail'
  | 'offline'
  | 'restart'
  | number
  | { readonly type: 'ack' | 'reset'; readonly alarm: string; readonly isStale: boolean };

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.boolean(), fc.boolean(), fc.nat({ max: 2 })) },
  { weight: 2, arbitrary: fc.constantFrom('fail', 'offline', 'restart') },
  { weight: 4, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constantFrom('ack', 'reset'),
      alarm: fc.constantFrom(carAlarm.alarm, liftFault.alarm),
      isStale: fc.boolean(),
    }),
  },
);

/** Lets it happen. Returns the kinds of change that it may cause; `isBlind`: nothing has been heard since a failure. */
function happen(house: House, what: Happening, isBlind: boolean): AlarmChange['type'][] {
  if (typeof what === 'number') {
    house.wait(what);
    return isBlind ? [] : ['raise', 'clear'];
  }
  if (what === 'fail') look(house, null, 0);
  else if (what === 'offline') house.state('offline');
  else if (what === 'restart') house.restart([carAlarm, liftFault]);
  else if ('type' in what) {
    decide(house, what.type, what.alarm, what.isStale);
    return [what.type];
  } else {
    look(house, [what[0], what[1]], what[2]);
    return ['raise', 'raiseAgain', 'clear'];
  }
  return [];
}

function newHouse(): House {
  const house = new House();
  house.restart([carAlarm, liftFault]);
  return house;
}

it('nothing is lost, nothing vanishes, and silence says nothing', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80 }), (day) => {
      const house = newHouse();
      const attended = new Map<string, boolean>();
      let isBlind = true;
      let known = 0;
      for (const what of day) {
        const allowed = happen(house, what, isBlind);
        if (Array.isArray(what)) isBlind = false;
        else if (typeof what === 'string') isBlind = true;
        const changes = house.ledger.observations.slice(known).flatMap(({ alarms = [] }) => alarms);
        known = house.ledger.observations.length;
        for (const change of changes) {
          expect(allowed).toContain(change.type);
          const { alarm, letter, latched, acked, active } = change.after;
          if (change.type === 'raise') attended.set(alarm, false);
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
    fc.property(fc.array(happening, { maxLength: 40 }), (day) => {
      const house = newHouse();
      for (const what of day) happen(house, what, false);
      // The contact is open and its counter has shown every edge of it: this press is a new one.
      look(house, [false, false], 0);
      look(house, [false, false], 1);
      const changes = house.ledger.observations.flatMap(({ alarms = [] }) => alarms);
      expect(changes.at(-1)).toMatchObject({ type: 'raise', after: { alarm: carAlarm.alarm, letter: 'B' } });
    }),
    { numRuns: 400 },
  );
});
