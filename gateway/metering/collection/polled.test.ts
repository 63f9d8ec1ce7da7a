/** What becomes of the values that a meter gives one after the other, as it is polled: which are believed, and which are held. */
import { describe, expect, it } from 'vitest';
import { at, meter } from '../rules/testing/on-paper.ts';
import type { Meter } from '../model.ts';
import type { Sighting } from '../rules/register.ts';
import { countSeen, dialSeen, NO_DOUBT, type Known } from './polled.ts';
import type { PlacedRegister } from './registers.ts';

const HOUR = 3_600_000;
const BEGIN = at('11-01 00:00');
const DIAL = { device: 'm', point: 'importEnergy', unit: 'kWh', frozen: new Map(), clock: null, points: [] } as const;

/** Value, hours after the good one, and what it says when it is asked again: the same where nothing else stands here. */
type Said = readonly [value: string, hours: number, again?: string];

interface Poll {
  readonly standing: string;
  readonly asked: number;
  readonly shown: string;
}

const dialOf = (differs: Partial<Meter> = {}): PlacedRegister => ({
  ...DIAL,
  meter: meter('E1', differs),
  pulses: null,
});
/** Ten litres a pulse, 5 m³ an hour. */
const counter: PlacedRegister = {
  ...DIAL,
  meter: meter('W1', { utility: 'coldWater', unit: 'm3', digits: 5 }),
  pulses: { weight: '0.01', range: 2 ** 32 },
};

function take(placed: PlacedRegister, known: Known, { value, at: time }: Sighting) {
  return placed.pulses ? countSeen(placed, known, Number(value), time) : dialSeen(placed, known, { value, at: time });
}

function polls(placed: PlacedRegister, begin: Known, all: readonly Said[]): { known: Known; polls: Poll[] } {
  let known = begin;
  const done = all.map(([value, hours, again = value]): Poll => {
    const time = BEGIN + hours * HOUR;
    const first = take(placed, known, { value, at: time });
    const last = first.readAgain ? take(placed, first.known, { value: again, at: time + 1_000 }) : first;
    ({ known } = last);
    const { standing = 'none', value: shown = '' } = last.reading ?? {};
    return { standing, shown, asked: first.readAgain ? 2 : 1 };
  });
  return { known, polls: done };
}

function fromDial(good: string): Known {
  return {
    good: { value: good, at: BEGIN },
    newestAt: BEGIN,
    doubt: NO_DOUBT,
    asked: null,
    pulses: null,
    before: null,
  };
}

function fromCount(count: number): Known {
  const good = { value: (count / 100).toFixed(2), at: BEGIN };
  return { good, newestAt: BEGIN, doubt: NO_DOUBT, asked: null, pulses: { ...good, count }, before: null };
}

const standings = (placed: PlacedRegister, known: Known, said: readonly Said[]): string[] =>
  polls(placed, known, said).polls.map(({ standing }) => standing);
const held = (said: readonly Said[]): string[] => said.map(() => 'suspect');

describe('time heals no doubt: a meter is held', () => {
  it.each<[string, string, readonly Said[]]>([
    ['that jumped, once so much can have passed', '100.00', [['3100.05', 1], ['3101', 100]]],
    ['that went back, once it has passed where it was', '200.00', [['150', 1], ['199.50', 2], ['201', 3]]],
    ['that began at zero, once it has passed where it was', '50.00', [['0', 1], ['30', 2], ['51', 3]]],
    ['that began at zero in an empty flat', '50.00', [['0', 1], ['0', 40], ['0.20', 60], ['49.90', 100], ['50.40', 101]]],
    ['that began at zero, once it could be a roll-over', '999990.00', [['80', 1], ['120', 2]]],
    ['that went back over the top', '999999.00', [['999990', 1], ['999998.50', 2], ['0.50', 3]]],
    ['whose own dial flickers', '100.00', [['3100.05', 1], ['3100.05', 60], ['3100.04', 60.25], ['3100.05', 60.5]]],
    ['that began at zero and flickers', '50.00', [['0', 1], ['49.90', 30], ['50.02', 30.25], ['50.01', 30.5]]],
    ['that has been misread meanwhile', '100.00', [['3100.05', 1], ['0.00', 60], ['3100.06', 60.25]]],
    ['that has said what no dial shows', '100.00', [['3100.05', 1], ['42949672.95', 60], ['3100.06', 60.25]]],
    ['that is misread on the way', '100.00', [['3100.05', 1], ['2100.05', 60.25]]],
    ['that is misread once, ahead of where it is', '100.00', [['60', 1], ['68', 3], ['100.40', 11], ['104', 12], ['121.30', 12.25], ['104.40', 12.5]]],
    ['that used more than can be', '100.00', [['300.00', 1], ['300.10', 100], ['390.00', 100.25], ['390.20', 101]]],
    ['whose clock was a little back', '100.00', [['3100.05', 1], ['3100.06', 60], ['3100.07', 59.99]]],
    ['that was exchanged, after a zero while it booted', '100.00', [['0', 1], ['0', 1.1], ['3100', 2], ['3101', 100]]],
  ])('%s', (_, good, said) => {
    expect(standings(dialOf(), fromDial(good), said)).toEqual(held(said));
  }); // prettier-ignore

  it.each(['0', '99.99', '99'])('that was exchanged after it had shown %s for a moment', (shown) => {
    const said: readonly Said[] = [
      [shown, 1],
      ['100', 72],
      ['3100', 73],
      ['3101', 118],
    ];
    expect(standings(dialOf(), fromDial('100'), said)).toEqual(['suspect', 'good', 'suspect', 'suspect']);
  });

  it('that has answered once, and then was lost for days', () => {
    const { known } = take(dialOf(), fromDial('100.00'), { value: '3100.00', at: BEGIN + HOUR });
    expect(
      standings(dialOf(), known, [
        ['3100.50', 60],
        ['3101', 61],
      ]),
    ).toEqual(['suspect', 'suspect']);
  });

  it.each<[string, number, readonly Said[]]>([
    ['that jumped, once so much can have been counted', 3_000, [['8000', 1], ['8001', 1_000]]],
    ['that fell, and would have begun again', 30_000, [['20000', 1], ['20001', 1_000]]],
    ['that fell, and has passed where it was', 30_000, [['29400', 1], ['29900', 2], ['30001', 3]]],
    ['that has been misread meanwhile', 3_000, [['8000', 1], ['60000', 60], ['8001', 60.25]]],
    ['that begins again while it is held', 3_000, [['8000', 1], ['0', 2], ['1', 3]]],
    ['that counts what no counter can', 3_000, [['8000', 1], ['-1', 2], ['8001', 1_000]]],
  ])('a counter %s', (_, count, said) => {
    const all = polls(counter, fromCount(count), said);
    expect(all.polls.map(({ standing }) => standing)).toEqual(held(said));
    expect(all.known.pulses).toMatchObject({ value: (count / 100).toFixed(2), count });
  }); // prettier-ignore

  it.each([0.1, 7, 1_000])('a counter that boots with zero and remembers its count %f h later', (hours) => {
    const said: readonly Said[] = [
      ['0', 1],
      ['3002', 1 + hours],
      ['3004', 2 + hours],
    ];
    const all = polls(counter, fromCount(3_000), said);
    expect(all.polls.map(({ standing, shown }) => `${standing} ${shown}`)).toEqual([
      'good 30.00',
      'suspect 30.00',
      'suspect 30.00',
    ]);
  });
});

describe('a doubt ends', () => {
  it.each<[string, string, readonly Said[]]>([
    ['where it comes back to what it was', '8000.00', [['0', 1], ['8000.30', 2]]],
    ['where it comes back after some more of the same', '8000.00', [['0', 1], ['0', 1.1], ['8000.30', 2]]],
    ['where a new meter that is read once a day comes back', '3.00', [['0', 24], ['3.40', 48]]],
    ['where a new meter comes back', '3.00', [['0', 1], ['3.02', 2]]],
    ['where it comes down to what it was', '100.00', [['90000', 1], ['101', 2]]],
    ['where it is a number again', '100.00', [['NaN', 1], ['101', 2]]],
    ['where a digit was turning', '8000.00', [['7999.99', 1], ['8000.00', 2], ['8000.40', 3]]],
    ['where a new meter stood one step below nothing', '0.00', [['999999.99', 1], ['0.01', 2]]],
    ['where somebody had rounded what he read', '124.00', [['123.46', 1], ['124.20', 2]]],
  ])('by itself %s', (_, good, said) => {
    const { known, polls: all } = polls(dialOf(), fromDial(good), said);
    const [first, ...rest] = all.map(({ standing }) => standing);
    expect([first, rest.at(-1), known.doubt]).toEqual(['suspect', 'good', NO_DOUBT]);
  }); // prettier-ignore

  it('not by one answer: the meter is asked again before it is believed', () => {
    const said: readonly Said[] = [
      ['3100.05', 1],
      ['1200.00', 60, '3100.06'],
      ['130.00', 61, '130.01'],
    ];
    expect(polls(dialOf(), fromDial('100.00'), said).polls).toEqual([
      { standing: 'suspect', shown: '3100.05', asked: 2 },
      { standing: 'suspect', shown: '3100.06', asked: 2 },
      { standing: 'good', shown: '130.01', asked: 2 },
    ]);
  });

  it('and what is held is not asked for twice at each poll', () => {
    const said: readonly Said[] = [
      ['3100.05', 1],
      ['3100.05', 2],
      ['3100.30', 3],
    ];
    expect(polls(dialOf(), fromDial('100.00'), said).polls.map(({ asked }) => asked)).toEqual([2, 1, 1]);
  });

  it.each<[string, readonly Said[], string]>([
    ['comes back to what it was', [['20000', 1], ['30010', 2]], '300.10'],
    ['has begun again for good', [['0', 1], ['0', 2], ['3', 3], ['5', 4]], '300.05'],
    ['has no more digits, and counts on', [['30001', 1]], '300.01'],
  ])('where a counter %s', (_, said, shown) => {
    const { known, polls: all } = polls(counter, fromCount(30_000), said);
    expect([all.at(-1), known.doubt]).toEqual([{ standing: 'good', shown, asked: expect.any(Number) as number }, NO_DOUBT]);
  }); // prettier-ignore
});

it('says from what it may go on', () => {
  const { known } = polls(dialOf(), fromDial('100.00'), [['3100.00', 1]]);
  const { reading, event } = dialSeen(dialOf(), known, { value: '3101.00', at: BEGIN + 100 * HOUR });
  expect(reading?.notes).toEqual([
    '读数 3101.00 可能是可疑读数 3100.00 的延续，尚待人工处理 / 3101.00 may go on from 3100.00, which is in doubt, and nobody has believed it',
  ]);
  expect(event).toBeNull();
});
