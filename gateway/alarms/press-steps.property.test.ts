/** Random days of a lift with a filter: no press is lost, and nothing that is not known leaves one out. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LiftCar, type Contacts } from './testing/lift-car.ts';
import { CAR_ALARM } from './testing/site.ts';

type Happening = 'press' | 'offline' | 'deal' | number | Required<Contacts>;

const contact = fc.oneof({ weight: 8, arbitrary: fc.boolean() }, { weight: 1, arbitrary: fc.constant(null) });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: fc.constant('press' as const) },
  { weight: 1, arbitrary: fc.constantFrom('offline' as const, 'deal' as const) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 30_000 }) },
  {
    weight: 10,
    arbitrary: fc.record({
      button: fc.constantFrom(false, false, false, null),
      doorOpen: contact,
      running: contact,
    }),
  },
);

function happen(lift: LiftCar, what: Happening): string[] {
  if (typeof what === 'number') return lift.wait(what);
  if (what === 'press') return lift.press();
  if (typeof what === 'object') return lift.poll(what);
  if (what === 'offline') lift.house.state('offline');
  else {
    for (const verb of ['ack', 'reset'] as const) {
      const row = lift.house.ledger.rows().find(({ alarm }) => alarm === CAR_ALARM);
      if (row) lift.house.engine.decide(lift.house.decision(CAR_ALARM, { verb }));
    }
  }
  return lift.news();
}

it('no press is lost: it is announced, or held back and then announced or journalled', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80 }), (day) => {
      const lift = new LiftCar();
      let heldBack = 0;
      for (const what of [...day, 120_000]) {
        const news = happen(lift, what);
        const isHeldBack = news.includes('pressHeldBack');
        const isAnnounced = news.some((line) => line.startsWith('raise'));
        if (what === 'press') {
          expect(isHeldBack || isAnnounced || heldBack > 0).toBe(true);
          heldBack = isAnnounced ? 0 : heldBack + 1;
        } else {
          const left = news.find((line) => line.startsWith('pressFiltered'));
          if (left !== undefined) expect(left).toMatch(new RegExp(` ${heldBack}$`));
          if (left !== undefined || isAnnounced) heldBack = 0;
        }
      }
      expect(heldBack).toBe(0);
    }),
    { numRuns: 500 },
  );
});

it('only a car that is known, and seen to stand with its doors open after the press, leaves one out', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 80 }), (day) => {
      const lift = new LiftCar();
      let isKnown = false;
      for (const what of [...day, 120_000]) {
        const news = happen(lift, what);
        if (what === 'press' && news.includes('pressHeldBack')) expect(isKnown).toBe(true);
        if (what === 'offline') isKnown = false;
        if (typeof what === 'object') isKnown = Object.values(what).every((value) => value !== null);
        const left = news.find((line) => line.startsWith('pressFiltered'));
        if (left === undefined) continue;
        expect(what).toEqual({ button: false, doorOpen: true, running: false });
        expect(isKnown).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
