/** Meters, readings and bills as one notes them on paper: times on the wall in Shanghai, defaults for what does not matter. */
import type { Meter, MeterReading } from '../../model.ts';
import type { Boundary } from '../boundary.ts';
import { chainsOf } from '../chain.ts';
import { checkLine, type Finding } from '../checks.ts';
import { USUAL_TOLERANCES } from '../closing.ts';
import type { PastUse } from '../estimate.ts';
import { draftLine, type BillLine, type LineRules } from '../line.ts';
import { midnightOnTheFirst, periodNamed } from '../period.ts';
import { UTILITIES } from '../utilities.ts';
import { instantOf, localOf } from '../zone.ts';

export const ZONE = 'Asia/Shanghai';
export const NOVEMBER = periodNamed('2026-11', midnightOnTheFirst(ZONE));

export const RULES: LineRules = {
  ...{ period: NOVEMBER, lastClosedTo: NOVEMBER.from, tolerances: USUAL_TOLERANCES, estimates: true, zone: ZONE },
  // October alone is billed.
  firstClosedFrom: instantOf('2026-10-01T00:00:00', ZONE),
};

/** `11-20 08:30` of 2026, or with a year before it. */
export function at(time: string): number {
  const full = time.length > 11 ? time : `2026-${time}`;
  return instantOf(`${full.replace(' ', 'T')}:00`, ZONE);
}

export function timeOf(instant: number): string {
  return localOf(instant, ZONE).slice(5, 16).replace('T', ' ');
}

/** Electricity, six digits and two decimals, installed in 2024 at 0. */
export function meter(number: string, differs: Partial<Meter> = {}): Meter {
  return {
    ...{ number, home: '3-1-1201', utility: 'electricity', place: null, multiplier: '1', digits: 6, decimals: 2 },
    unit: UTILITIES[differs.utility ?? 'electricity'].unit,
    ...{ installedAt: '2024-05-01T00:00:00', initial: '0', removedAt: null, final: null, replaces: null },
    ...{ maxPerHour: null, location: null, ...differs },
  };
}

/** A good actual reading. Ids follow the order on the paper. */
export function read(meter: string, time: string, value: string, differs: Partial<MeterReading> = {}): Unnumbered {
  return { meter, value, at: at(time), quality: 'actual', standing: 'good', notes: [], occasion: null, ...differs };
}

/** What the closed runs ended with. */
export function billed(meter: string, time: string, value: string, quality: Boundary['quality'] = 'frozen'): Boundary {
  return { meter, value, at: at(time), quality, source: 'billed', reading: null };
}

/** October's bill: 31 days. */
export function october(consumption: string): PastUse {
  return { consumption, from: at('10-01 00:00'), to: at('11-01 00:00'), isEstimated: false };
}

export type Unnumbered = Omit<MeterReading, 'id'>;

/** One chain on paper. */
export interface Paper {
  readonly meters: readonly Meter[];
  readonly readings: readonly Unnumbered[];
  readonly billed?: Boundary | null;
  readonly history?: readonly PastUse[];
  readonly clockOff?: number;
}

export function draft(paper: Paper, rules: LineRules = RULES): { line: BillLine | null; findings: readonly Finding[] } {
  const [chain] = chainsOf(paper.meters, ZONE);
  if (chain === undefined) throw new RangeError('no meters on the paper');
  const readings = paper.readings.map((reading, index) => ({ ...reading, id: index + 1 }));
  const history = paper.history ?? [];
  const line = draftLine({ chain, readings, billed: paper.billed ?? null, history }, rules);
  return { line, findings: line ? checkLine(line, { history, clockOff: paper.clockOff ?? null }) : [] };
}

/** `1234.56 frozen 11-01 00:00`, or `missing`. */
export function shown(boundary: Boundary | null): string {
  return boundary === null ? 'missing' : `${boundary.value} ${boundary.quality} ${timeOf(boundary.at)}`;
}
