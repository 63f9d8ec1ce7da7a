import { beforeEach, describe, expect, it } from 'vitest';
import { EMPTY, EVERYTHING, House } from './testing/house.ts';
import * as site from './testing/site.ts';

const { CAR_ALARM, OFFLINE, reading } = site;

let house: House;
beforeEach(() => {
  house = new House();
});

describe('what is recorded', () => {
  it('is nothing where there is nothing to store', () => {
    house.poll({ level2: false, level3: true });
    house.engine.deviceState('lift-io-3', 'online', EMPTY);
    house.engine.tick();
    expect(house.ledger.observations).toEqual([]);
  });

  it('is the observation and its alarms in one call, and its own `stored` is called too', () => {
    const told: (readonly number[])[] = [];
    const stored = (seqs: readonly number[]) => void told.push(seqs);
    const event = { domain: 'lift', type: 'pulse', source: 'lift-3-2', at: 0, data: {} };
    const seen = [reading('counter2', 8)];
    const pulses = [{ point: 'counter2', count: 1, afterOutage: false }];
    house.engine.observe({ device: 'lift-io-3', seen, pulses, observation: { ...EMPTY, events: [event], stored } });
    expect(house.ledger.observations).toHaveLength(1);
    expect(house.ledger.observations[0]).toMatchObject({
      device: 'lift-io-3',
      events: [event],
      alarms: [{ type: 'raise' }],
    });
    expect(told).toEqual([[101]]);
  });

  it.each([
    { readings: [{ ...reading('level2', true), unit: null, reason: null, archive: false }] },
    { events: [{ domain: 'input', type: 'pulse', source: 'lift-io-3', at: 0, data: {} }] },
    { deviceState: { state: 'online' as const, reason: 'answers', since: 0, lastGood: 0 } },
    { knowledge: { holes: [3] } },
  ])('is the observation alone where no alarm changes: %o', (content) => {
    house.engine.observe({ device: 'lift-io-3', seen: [], observation: { ...EMPTY, ...content } });
    expect(house.ledger.observations).toMatchObject([{ device: 'lift-io-3', ...content, alarms: [] }]);
  });

  it('is one observation for all the delays that end together', () => {
    house.engine.deviceState('lift-io-3', 'online', EMPTY);
    house.poll({ level3: false });
    house.engine.deviceState('lift-io-3', 'offline', EMPTY);
    house.engine.configure([...EVERYTHING, { ...site.offline, alarm: 'twin' }]);
    house.engine.deviceState('lift-io-3', 'offline', EMPTY);
    expect(house.wait(90_000)).toEqual([`raise ${OFFLINE} B`, 'raise twin B']);
    expect(house.ledger.observations).toHaveLength(1);
  });
});

describe('a store that cannot write', () => {
  it('gets every change in order, and the revisions are those of the last event that it reports', () => {
    house.ledger.mode = 'wait';
    expect(house.pollCounter(1)).toEqual([`raise ${CAR_ALARM} B`]);
    expect(house.poll({ level2: false })).toEqual([`clear ${CAR_ALARM} E`]);
    expect(house.ledger.rows()).toEqual([]);
    house.ledger.mode = 'store';
    expect(house.ledger.row(CAR_ALARM)).toMatchObject({ letter: 'E', rev: 102 });
    expect(house.engine.decide(house.decision(CAR_ALARM))).toEqual({ ok: true });
    expect(house.engine.row(CAR_ALARM)).toMatchObject({ letter: 'F', rev: 103 });
  });

  it('refuses a decision about a change that is not stored yet', () => {
    house.pollCounter(1);
    const seen = house.decision(CAR_ALARM);
    house.ledger.mode = 'wait';
    house.pollCounter(1);
    expect(house.engine.decide(seen)).toMatchObject({ ok: false, code: 'unstored' });
    house.ledger.mode = 'store';
    expect(house.engine.decide(seen)).toMatchObject({ ok: false, code: 'stale' });
    expect(house.engine.decide(house.decision(CAR_ALARM))).toMatchObject({ ok: true });
  });

  it('keeps refusing while only the first of several changes is stored', () => {
    house.pollCounter(1);
    const seen = house.decision(CAR_ALARM);
    house.ledger.mode = 'wait';
    let early: unknown;
    const stored = () => (early = house.engine.decide(seen));
    const pulses = [{ point: 'counter2', count: 1, afterOutage: false }];
    house.engine.observe({ device: 'lift-io-3', seen: [], pulses, observation: { ...EMPTY, stored } });
    house.pollCounter(1);
    house.ledger.mode = 'store';
    expect(early).toMatchObject({ ok: false, code: 'unstored' });
  });

  it('keeps refusing through a new configuration', () => {
    house.pollCounter(1);
    const seen = house.decision(CAR_ALARM);
    house.ledger.mode = 'wait';
    house.pollCounter(1);
    house.engine.configure([{ ...site.carAlarm, device: 'lift-io-4' }]);
    expect(house.engine.decide(seen)).toMatchObject({ ok: false, code: 'unstored' });
  });

  it('says of a decision that it took whether it is safe yet', () => {
    house.pollCounter(1);
    const seen = house.decision(CAR_ALARM);
    house.ledger.mode = 'wait';
    expect(house.engine.decide(seen)).toEqual({ ok: true });
    expect(house.engine.isStored(CAR_ALARM)).toBe(false);
    house.ledger.mode = 'store';
    expect(house.engine.isStored(CAR_ALARM)).toBe(true);
  });
});

describe('a decision', () => {
  it('about an unknown alarm is refused', () => {
    expect(house.engine.decide({ verb: 'ack', alarm: 'x', occurrenceId: 'x-1', rev: 1, by: 'li', note: null })).toEqual(
      {
        ok: false,
        code: 'unknownAlarm',
        message: 'there is no such alarm',
      },
    );
  });

  it('that is refused records nothing', () => {
    house.pollCounter(1);
    house.ledger.news();
    expect(house.engine.decide(house.decision(CAR_ALARM, { rev: 3 }))).toMatchObject({ ok: false, code: 'stale' });
    expect(house.engine.decide(house.decision(CAR_ALARM, { verb: 'reset' }))).toMatchObject({
      ok: false,
      code: 'stillActive',
    });
    expect(house.ledger.news()).toEqual([]);
  });
});
