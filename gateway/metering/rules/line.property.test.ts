/** What holds of every line, whatever the meters say: hundredths of a unit are counted as whole numbers beside it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Meter, MeterReading } from '../model.ts';
import type { Boundary } from './boundary.ts';
import { chainsOf } from './chain.ts';
import { USUAL_TOLERANCES } from './closing.ts';
import { draftLine, pastUseOf, type BillLine } from './line.ts';
import { midnightOnTheFirst, nextPeriod, type Period } from './period.ts';
import { meter, NOVEMBER, RULES, ZONE } from './testing/on-paper.ts';
import { localOf } from './zone.ts';

const HOUR = 3_600_000;
/** Of a register with four digits before the point and two after. */
const TOP = 1_000_000;

const text = (hundredths: number): string =>
  `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
const hundredths = (value: string | null | undefined): number => Math.round(Number(value) * 100);
const water = (number: string, differs: Partial<Meter> = {}): Meter =>
  meter(number, { utility: 'coldWater', digits: 4, ...differs });

/** A month of true use, an hour each step, over meters that are replaced and people who move. */
const months = fc.record({
  start: fc.integer({ min: 0, max: TOP - 1 }),
  uses: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 720, maxLength: 720 }),
  replacedAt: fc.uniqueArray(fc.integer({ min: 2, max: 700 }), { maxLength: 3 }),
  initials: fc.array(fc.integer({ min: 0, max: TOP - 1 }), { minLength: 3, maxLength: 3 }),
  movedAt: fc.uniqueArray(fc.integer({ min: 2, max: 717 }), { maxLength: 4 }),
});
type Month = typeof months extends fc.Arbitrary<infer T> ? T : never;

interface Lived {
  readonly meters: Meter[];
  readonly readings: MeterReading[];
  readonly total: number;
}

function live({ start, uses, replacedAt, initials, movedAt }: Month): Lived {
  const meters: Meter[] = [water('M0')];
  const readings: MeterReading[] = [];
  let dial = start;
  uses.forEach((use, index) => {
    const at = NOVEMBER.from + (index + 1) * HOUR;
    dial = (dial + use) % TOP;
    const number = `M${meters.length - 1}`;
    const occasion = movedAt.includes(index) ? (index % 2 === 0 ? 'moveOut' : 'moveIn') : null;
    const common = { quality: 'actual', standing: 'good', notes: [] } as const;
    readings.push({ ...common, id: readings.length + 1, meter: number, value: text(dial), at, occasion });
    if (!replacedAt.includes(index)) return;
    const [old, next] = [meters.at(-1), initials[meters.length - 1]];
    if (old === undefined || next === undefined) return;
    meters[meters.length - 1] = { ...old, removedAt: localOf(at, ZONE), final: text(dial) };
    dial = next;
    meters.push(water(`M${meters.length}`, { replaces: number, installedAt: localOf(at, ZONE), initial: text(dial) }));
  });
  return { meters, readings, total: uses.reduce((sum, use) => sum + use, 0) };
}

function lineOf(meters: readonly Meter[], readings: readonly MeterReading[], billed: Boundary | null, rules = RULES) {
  const [chain] = chainsOf(meters, ZONE);
  return chain === undefined ? null : draftLine({ chain, readings, billed, history: [] }, rules);
}

const opening = (value: number): Boundary => {
  return { meter: 'M0', value: text(value), at: NOVEMBER.from, quality: 'actual', source: 'billed', reading: null };
};

const sum = (values: readonly { readonly consumption: string | null }[]): number =>
  values.reduce((total, { consumption }) => total + hundredths(consumption), 0);

describe('every line', () => {
  it('bills what passed, over replacements, roll-overs and removals: the parts are the whole', () => {
    fc.assert(
      fc.property(months, (month) => {
        const { meters, readings, total } = live(month);
        const line = lineOf(meters, readings, opening(month.start));
        expect(hundredths(line?.consumption)).toBe(total);
        expect(sum(line?.segments ?? [])).toBe(total);
        if (line && line.occupancies.length > 0) expect(sum(line.occupancies)).toBe(total);
      }),
      { numRuns: 60 },
    );
  });

  it('is the same when it is drafted again, in whatever order the readings come', () => {
    const shuffled = months.chain((month) => {
      const { meters, readings } = live(month);
      const all = fc.constant({ meters, readings, start: month.start });
      return fc.tuple(all, fc.shuffledSubarray(readings, { minLength: readings.length }));
    });
    fc.assert(
      fc.property(shuffled, ([{ meters, readings, start }, permuted]) => {
        expect(lineOf(meters, permuted, opening(start))).toEqual(lineOf(meters, readings, opening(start)));
      }),
      { numRuns: 30 },
    );
  });
});

/** Anything that may stand in the store. */
const anyReading = (from: number, to: number): fc.Arbitrary<Omit<MeterReading, 'id'>> =>
  fc.record({
    meter: fc.constantFrom('A', 'B'),
    value: fc.integer({ min: 0, max: TOP - 1 }).map(text),
    at: fc.integer({ min: from / HOUR, max: to / HOUR }).map((hour) => hour * HOUR),
    quality: fc.constantFrom('actual', 'frozen', 'manual', 'estimated'),
    standing: fc.constantFrom('good', 'good', 'good', 'suspect', 'rejected'),
    notes: fc.constant([]),
    occasion: fc.constantFrom(null, null, null, 'moveIn', 'moveOut'),
  });

const METERS = [
  water('A', { removedAt: '2026-12-15T09:00:00', final: '77.00' }),
  water('B', { replaces: 'A', installedAt: '2026-12-15T09:30:00', initial: '1.00' }),
];

/** Five periods in a row, each opening with what the runs before have billed. */
function bill(readings: readonly MeterReading[], lastClosedTo: number | null): (BillLine | null)[] {
  const cut = midnightOnTheFirst(ZONE);
  const lines: (BillLine | null)[] = [];
  let [period, billed, closedTo]: [Period, Boundary | null, number | null] = [NOVEMBER, null, lastClosedTo];
  for (let month = 0; month < 5; month += 1) {
    const past = lines.flatMap((line) => (line && pastUseOf(line)) ?? []).reverse();
    const [chain] = chainsOf(METERS, ZONE);
    const rules = {
      ...RULES,
      period,
      lastClosedTo: closedTo,
      estimates: month % 2 === 0,
      tolerances: USUAL_TOLERANCES,
    };
    const line: BillLine | null = chain ? draftLine({ chain, readings, billed, history: past }, rules) : null;
    lines.push(line);
    billed = line?.billedTo ?? billed;
    [closedTo, period] = [period.to, nextPeriod(period, cut)];
  }
  return lines;
}

const fiveMonths = fc
  .array(anyReading(NOVEMBER.from - 200 * HOUR, NOVEMBER.from + 3800 * HOUR), { maxLength: 60 })
  .map((readings) => readings.map((reading, index) => ({ ...reading, id: index + 1 })));

describe('lines of any readings', () => {
  it('give nothing back unsaid, bill nothing in doubt, and never leave a line without a figure or a reason', () => {
    fc.assert(
      fc.property(fiveMonths, (readings) => {
        for (const line of bill(readings, NOVEMBER.from)) {
          if (line === null) continue;
          const codes = line.reasons.map(({ code }) => code);
          for (const { way, consumption } of line.segments) {
            if (Number(consumption) < 0) expect([way, codes.includes('credit')]).toEqual(['credit', true]);
          }
          if (line.consumption === null)
            expect(codes.some((code) => code === 'missing' || code === 'backwards')).toBe(true);
          const used = line.segments.flatMap(({ opening: from, closing: to }) => [from?.reading, to?.reading]);
          const standings = readings.filter(({ id }) => used.includes(id)).map(({ standing }) => standing);
          expect(standings.every((standing) => standing === 'good')).toBe(true);
        }
      }),
    );
  });

  it('never bill the same time twice, and leave none out between two that are billed', () => {
    fc.assert(
      fc.property(fiveMonths, (readings) => {
        let last: Boundary | null = null;
        for (const line of bill(readings, NOVEMBER.from)) {
          if (line === null) continue;
          const { opening: begins, segments } = line;
          if (last !== null) {
            const goesOn = begins !== null && begins.at === last.at && begins.value === last.value;
            expect(goesOn || (last.meter === 'A' && begins?.source === 'installation')).toBe(true);
          }
          for (const { opening: from, closing: to, way } of segments) {
            if (from && to && way !== 'backwards') expect(to.at).toBeGreaterThanOrEqual(from.at);
          }
          last = line.billedTo ?? last;
        }
      }),
    );
  });
});
