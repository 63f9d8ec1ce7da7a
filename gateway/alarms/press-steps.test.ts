import { beforeEach, describe, expect, it } from 'vitest';
import { DEVICE } from './testing/house.ts';
import { CAR_ALARM, carAlarm, filteredCarAlarm } from './testing/site.ts';
import { LiftCar, MOVES, STANDS_CLOSED, STANDS_OPEN } from './testing/lift-car.ts';

let lift: LiftCar;
beforeEach(() => {
  lift = new LiftCar();
});

const RELEASED = { button: false };

describe('a press', () => {
  it('is announced at once where the car stands with its doors closed', () => {
    lift.poll({ ...STANDS_CLOSED, ...RELEASED });
    expect(lift.press()).toEqual(['raise B the car stands with its doors closed']);
    expect(lift.poll({ ...STANDS_CLOSED, ...RELEASED })).toEqual(['clear E']);
  });

  it('is left out where the car stands with its doors open, and the journal says so', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    expect(lift.press()).toEqual(['pressHeldBack']);
    expect(lift.poll({ ...STANDS_OPEN, ...RELEASED })).toEqual(['pressFiltered doorOpen 1']);
    expect(lift.wait(600_000)).toEqual([]);
    const [event] = lift.house.ledger.observations.flatMap(({ events = [] }) => events).slice(-1);
    expect(event).toMatchObject({ domain: 'lift', source: 'lift-3-2', data: { alarm: CAR_ALARM } });
  });

  it('is left out where the car moves and then opens', () => {
    lift.poll({ ...MOVES, ...RELEASED });
    expect(lift.press()).toEqual(['pressHeldBack']);
    expect([lift.poll({ ...MOVES, ...RELEASED }), lift.wait(30_000)].flat()).toEqual([]);
    expect([lift.poll({ ...STANDS_CLOSED, ...RELEASED }), lift.wait(4_000)].flat()).toEqual([]);
    expect(lift.poll({ ...STANDS_OPEN, ...RELEASED })).toEqual(['pressFiltered doorOpened 1']);
  });

  it('is announced where the car moves and stops, and its doors stay closed', () => {
    lift.poll({ ...MOVES, ...RELEASED });
    lift.press();
    lift.poll({ ...MOVES, ...RELEASED });
    lift.wait(20_000);
    lift.poll({ ...STANDS_CLOSED, ...RELEASED });
    expect(lift.wait(9_999)).toEqual([]);
    expect(lift.wait(1)).toEqual(['raise B the car arrived, and its doors stayed closed', 'clear E']);
  });

  it('is announced where the car moves for longer than it can', () => {
    lift.poll({ ...MOVES, ...RELEASED });
    lift.press();
    lift.poll({ ...MOVES, ...RELEASED });
    expect(lift.wait(59_998)).toEqual([]);
    expect(lift.wait(1)).toEqual(['raise B the car moved, and did not arrive in time', 'clear E']);
  });

  it('is announced where the doors have closed by the time they are read', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    lift.press();
    expect(lift.poll({ ...STANDS_CLOSED, ...RELEASED })).toContain('raise B the car stands with its doors closed');
  });

  it('is announced where the car moves with its doors open, and goes on doing so', () => {
    lift.poll({ doorOpen: true, running: true, ...RELEASED });
    expect(lift.press()).toEqual(['pressHeldBack']);
    expect(lift.poll({ doorOpen: true, running: true, ...RELEASED })).toEqual([]);
    expect(lift.wait(60_000)).toEqual(['raise B the car moved, and did not arrive in time', 'clear E']);
  });

  it('that only the level shows is judged as one that the module has counted', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    expect(lift.poll({ ...STANDS_OPEN, button: true })).toEqual([]);
    expect(lift.wait(1_000)).toEqual(['pressHeldBack']);
    expect(lift.poll({ ...STANDS_OPEN, button: true })).toEqual([]);
    expect(lift.poll({ ...STANDS_OPEN, ...RELEASED })).toEqual(['pressFiltered doorOpen 1']);
  });

  it('joins the one that is held back', () => {
    lift.poll({ ...MOVES, ...RELEASED });
    lift.press();
    expect(lift.press()).toEqual([]);
    lift.poll({ ...MOVES, ...RELEASED });
    expect(lift.press()).toEqual([]);
    expect(lift.poll({ ...STANDS_OPEN, ...RELEASED })).toEqual(['pressFiltered doorOpened 3']);
  });

  it('is judged without a contact for motion: what is not open is closed', () => {
    const { filter } = filteredCarAlarm;
    lift.configure([{ ...filteredCarAlarm, ...(filter && { filter: { ...filter, running: null } }) }]);
    lift.poll({ doorOpen: true, ...RELEASED });
    lift.press();
    expect(lift.poll({ doorOpen: true, ...RELEASED })).toEqual(['pressFiltered doorOpen 1']);
    lift.poll({ doorOpen: false, ...RELEASED });
    expect(lift.press()).toEqual(['raise B the car stands with its doors closed']);
  });
});

describe('a button that is held', () => {
  it('is announced after its time although the doors are open', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    lift.press();
    lift.poll({ ...STANDS_OPEN, button: true });
    expect(lift.wait(19_998)).toEqual([]);
    expect(lift.wait(1)).toEqual(['raise B the button was held']);
    expect(lift.poll({ ...STANDS_OPEN, ...RELEASED })).toEqual(['clear E']);
  });

  it('is announced after its time although the car moves', () => {
    lift.poll({ ...MOVES, ...RELEASED });
    lift.press();
    lift.poll({ ...MOVES, button: true });
    expect(lift.wait(20_000)).toEqual(['raise B the button was held']);
  });

  it('is announced when the doors close on whoever holds it', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    lift.press();
    lift.poll({ ...STANDS_OPEN, button: true });
    expect(lift.poll({ ...STANDS_CLOSED, button: true })).toEqual(['raise B the car stands with its doors closed']);
  });

  it('counts from its own press, and not from one before', () => {
    lift.poll({ ...MOVES, ...RELEASED });
    lift.press();
    lift.poll({ ...MOVES, ...RELEASED });
    lift.wait(19_000);
    lift.press();
    expect(lift.wait(10_000)).toEqual([]);
  });
});

describe('what is not known', () => {
  const UNREAD = 'raise B where the car is could not be read';

  it('announces a press before the first reading', () => {
    expect(lift.press()).toEqual([UNREAD]);
  });

  it.each([
    ['the doors', { ...STANDS_OPEN, doorOpen: null, ...RELEASED }],
    ['the motion', { ...STANDS_OPEN, running: null, ...RELEASED }],
    ['the button', { ...STANDS_OPEN, button: null }],
  ])('of %s announces the next press, and the one that is held back', (_, unread) => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    lift.poll(unread);
    expect(lift.press()).toEqual([UNREAD]);

    const other = new LiftCar();
    other.poll({ ...STANDS_OPEN, ...RELEASED });
    other.press();
    expect(other.poll(unread)[0]).toBe(UNREAD);
  });

  it('is a value that is only uncertain, too', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    lift.press();
    expect(lift.poll({ doorOpen: true }, 'uncertain')).toContain(UNREAD);
  });

  it('is everything of a module that is offline', () => {
    lift.poll({ ...MOVES, ...RELEASED });
    lift.press();
    lift.house.state('offline');
    expect(lift.news()).toContain(UNREAD);
  });

  it('is what was read before the module was lost', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    lift.house.state('offline');
    lift.poll(RELEASED);
    expect(lift.press()).toEqual([UNREAD]);
  });

  it('is what has not been read since the press', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    lift.press();
    lift.poll(RELEASED);
    expect(lift.wait(4_998)).toEqual([]);
    expect(lift.wait(1)[0]).toBe('raise B the doors were open before the press, and could not be read since');
  });

  it('is what was counted while nobody looked', () => {
    lift.poll({ ...STANDS_OPEN, ...RELEASED });
    expect(lift.press(true)).toEqual(['raise B']);
  });
});

it('journals beside what its poll has to tell', () => {
  lift.poll({ ...STANDS_OPEN, ...RELEASED });
  const pulse = { domain: 'input', type: 'pulse', source: DEVICE, at: 0, data: {} };
  const pulses = [{ point: 'counter2', count: 1, afterOutage: false }];
  lift.house.engine.observe({ device: DEVICE, seen: [], pulses, observation: { device: DEVICE, events: [pulse] } });
  expect(lift.news()).toEqual(['pulse', 'pressHeldBack']);
});

it('is bypassed from the raise until the alarm has come to its end', () => {
  const { engine } = lift.house;
  lift.poll({ ...STANDS_CLOSED, ...RELEASED });
  lift.press();
  lift.poll({ ...STANDS_OPEN, ...RELEASED });
  expect(lift.press()).toEqual(['raise B']);
  lift.poll({ ...STANDS_OPEN, ...RELEASED });
  expect(engine.decide(lift.house.decision(CAR_ALARM))).toEqual({ ok: true });
  lift.news();
  expect(lift.press()).toEqual(['raise B']);
  lift.poll({ ...STANDS_OPEN, ...RELEASED });
  engine.decide(lift.house.decision(CAR_ALARM));
  engine.decide(lift.house.decision(CAR_ALARM, { verb: 'reset' }));
  lift.news();
  expect(lift.press()).toEqual(['pressHeldBack']);
});

describe('a change of the configuration while a press is held back', () => {
  beforeEach(() => {
    lift.poll({ ...MOVES, ...RELEASED });
    lift.press();
  });

  it('that leaves the filter as it is changes nothing', () => {
    lift.house.engine.configure([filteredCarAlarm]);
    expect([lift.wait(1_000), lift.poll({ ...STANDS_OPEN, ...RELEASED })].flat()).toEqual([
      'pressFiltered doorOpened 1',
    ]);
  });

  it('that takes the filter away announces it', () => {
    lift.house.engine.configure([carAlarm]);
    expect(lift.wait(0)).toEqual(['raise B where the car is could not be read', 'clear E']);
  });

  it('that takes the alarm away announces it, and it stays until somebody has seen it', () => {
    lift.house.engine.configure([]);
    expect(lift.news()[0]).toBe('raise B where the car is could not be read');
    expect(lift.house.ledger.row(CAR_ALARM).letter).toBe('E');
  });
});
