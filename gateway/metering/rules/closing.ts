/** Which value stands for a meter at a cut. */
import type { MeterReading } from '../model.ts';
import { boundaryOfReading, type Boundary } from './boundary.ts';

/** Milliseconds to either side of the cut. */
export interface Tolerances {
  /** For what the gateway read, and what the meter kept. */
  readonly actual: number;
  /** For what a person noted, or estimated. */
  readonly manual: number;
}

const HOUR = 3_600_000;
/** A person walks through the houses in the days around the cut; at two hours a flat's use is still below what a bill shows. */
export const USUAL_TOLERANCES: Tolerances = { actual: 2 * HOUR, manual: 72 * HOUR };

/** A meter tells the time of what it kept to the minute. */
const FREEZE_PRECISION = 60_000;

export interface CutSearch {
  /** Of one meter, in any order. */
  readonly readings: readonly MeterReading[];
  /** What the registry knows besides them: noted when the meter was put up or taken down. */
  readonly noted?: Boundary | null;
  /** Unix milliseconds. */
  readonly cut: number;
  /** Within the meter's stay, and not before what has been billed; both inclusive. */
  readonly notBefore: number;
  readonly notAfter: number;
}

export interface CutValue {
  /** Null: there is none, and nothing is made up. */
  readonly boundary: Boundary | null;
  /** What it was taken from; null where that is no reading. */
  readonly reading: MeterReading | null;
  /** Suspect readings that could have been it: they are held until a person has settled them. In order of time. */
  readonly held: readonly MeterReading[];
}

interface Candidate {
  readonly boundary: Boundary;
  readonly reading: MeterReading | null;
  readonly rank: number;
}

/**
 * The frozen value of the cut; else the nearest reading within the tolerance; else what a person noted; else what a person
 * estimated. Of two that are as near, the one before the cut, and of those the one that was stored last.
 */
export function valueAtCut(search: CutSearch, tolerances: Tolerances): CutValue {
  const { cut } = search;
  const inTime = search.readings.filter(({ at }) => at >= search.notBefore && at <= search.notAfter);
  const usable = inTime.filter((reading) => rankOf(boundaryOfReading(reading), cut, tolerances) !== null);
  const candidates = usable
    .filter(({ standing }) => standing === 'good')
    .map((reading) => ({ boundary: boundaryOfReading(reading), reading }));
  const noted = search.noted ? [{ boundary: search.noted, reading: null }] : [];
  const ranked = [...candidates, ...noted].flatMap((candidate): Candidate[] => {
    const rank = rankOf(candidate.boundary, cut, tolerances);
    return rank === null ? [] : [{ ...candidate, rank }];
  });
  const [best] = ranked.sort((a, b) => compareCandidates(a, b, cut));
  const held = usable.filter(({ standing }) => standing === 'suspect').sort(inTimeOrder);
  return { boundary: best?.boundary ?? null, reading: best?.reading ?? null, held };
}

/** Readings by time, and by the order in which they were stored. */
export function inTimeOrder(a: MeterReading, b: MeterReading): number {
  return a.at - b.at || a.id - b.id;
}

/** 0 is best; null: too far from the cut. */
function rankOf({ quality, at }: Boundary, cut: number, tolerances: Tolerances): number | null {
  const distance = Math.abs(at - cut);
  switch (quality) {
    case 'frozen':
      if (distance < FREEZE_PRECISION) return 0;
      return distance <= tolerances.actual ? 1 : null;
    case 'actual':
      return distance <= tolerances.actual ? 1 : null;
    case 'manual':
      return distance <= tolerances.manual ? 2 : null;
    case 'estimated':
      return distance <= tolerances.manual ? 3 : null;
  }
}

function compareCandidates(a: Candidate, b: Candidate, cut: number): number {
  const distance = (of: Candidate): number => Math.abs(of.boundary.at - cut);
  const stored = (of: Candidate): number => of.boundary.reading ?? -1;
  return a.rank - b.rank || distance(a) - distance(b) || a.boundary.at - b.boundary.at || stored(b) - stored(a);
}
