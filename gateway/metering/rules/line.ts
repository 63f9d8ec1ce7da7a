/** One line of a bill: a chain of meters and a period. Pure: the same registry and readings give the same line. */
import type { BilledUnit, DecimalText, MeterReading, ReadingQuality, Utility } from '../model.ts';
import { boundaryOfReading, type Boundary } from './boundary.ts';
import { inTimeOrder, type Tolerances } from './closing.ts';
import { measure, sumOf, type Segment } from './consumption.ts';
import type { PastUse } from './estimate.ts';
import { occupanciesOf, type Occupancy } from './occupancy.ts';
import type { Period } from './period.ts';
import { factsOf } from './line-facts.ts';
import { tell, type Reason } from './reasons.ts';
import { spansOf, type ChainFacts, type Span } from './spans.ts';
import { UTILITIES } from './utilities.ts';

export interface BillLine {
  /** The number of the chain's oldest meter. */
  readonly chain: string;
  /** Null for a public area. */
  readonly home: string | null;
  readonly utility: Utility;
  readonly obis: string;
  readonly unit: BilledUnit;
  /** Such as `2026-11`. */
  readonly period: string;
  /** The numbers of the meters that are billed, in order. */
  readonly meters: readonly string[];
  readonly opening: Boundary | null;
  readonly closing: Boundary | null;
  readonly openingQuality: LineQuality;
  readonly closingQuality: LineQuality;
  readonly segments: readonly Segment[];
  /** Who used what; empty where nobody moved. Adds up to `consumption`. */
  readonly occupancies: readonly Occupancy[];
  /** In `unit`, multiplied, exact. Null where a value is missing or in doubt: never 0 for want of a better one. */
  readonly consumption: DecimalText | null;
  /** Of the meter at the end; each segment has its own. */
  readonly multiplier: DecimalText;
  readonly reasons: readonly Reason[];
  /** What the next period opens with: the closing value, or, where nothing could be billed, the opening value once more. */
  readonly billedTo: Boundary | null;
}

export type LineQuality = ReadingQuality | 'missing';

export interface LineRules {
  readonly period: Period;
  /** Where the last closed run of an earlier period ends; null where this is the first. Unix milliseconds. */
  readonly lastClosedTo: number | null;
  /** Where the first of them begins; null where this is the first. */
  readonly firstClosedFrom: number | null;
  readonly tolerances: Tolerances;
  readonly estimates: boolean;
  /** IANA name. */
  readonly zone: string;
}

/** Null where the chain has nothing to bill in the period: not yet there, or gone and billed. */
export function draftLine(known: ChainFacts, rules: LineRules): BillLine | null {
  const { period, lastClosedTo, firstClosedFrom: billedSince, tolerances, estimates } = rules;
  const since = Math.min(lastClosedTo ?? period.from, period.from);
  const spans = spansOf(known, { since, billedSince, to: period.to, tolerances, estimates });
  const [first, last] = [spans[0], spans.at(-1)];
  if (first === undefined || last === undefined) return null;
  const decimals = Math.max(...spans.map(({ meter }) => meter.decimals));
  const moves = spans.flatMap((span) => movesWithin(span, known.readings, period.to));
  const segments = spans.flatMap((span) => segmentsOf(span, known.readings, moves));
  const consumption = sumOf(segments, decimals);
  const { opening } = first;
  const { closing, meter } = last;
  const facts = factsOf({ spans, segments, moves }, known.readings, rules);
  return {
    ...{ chain: known.chain.id, home: meter.home, utility: meter.utility, period: period.name },
    ...{ obis: UTILITIES[meter.utility].obis, unit: meter.unit },
    meters: spans.map((span) => span.meter.number),
    ...{ opening, closing, openingQuality: qualityOf(opening), closingQuality: qualityOf(closing) },
    ...{ segments, consumption, multiplier: meter.multiplier },
    occupancies: occupanciesOf(segments, moves, decimals),
    reasons: facts.map((fact) => tell(fact, rules.zone)),
    billedTo: consumption === null ? (opening ?? closing) : closing,
  };
}

/** What later periods and checks compare with; null where nothing was billed. */
export function pastUseOf({ opening, closing, consumption, openingQuality, closingQuality }: BillLine): PastUse | null {
  if (consumption === null || opening === null || closing === null) return null;
  const isEstimated = openingQuality === 'estimated' || closingQuality === 'estimated';
  return { consumption, from: opening.at, to: closing.at, isEstimated };
}

/**
 * Whether readings between the cuts may change it: a register that ends below where it began may have rolled over unseen by the two
 * values. Such a line is drafted again with all good readings of its meters; any other needs only those near its boundaries.
 */
export function wantsAllReadings({ segments }: BillLine): boolean {
  return segments.some(({ way }) => way === 'backwards' || way === 'credit');
}

function qualityOf(boundary: Boundary | null): LineQuality {
  return boundary?.quality ?? 'missing';
}

/** Readings when people moved, strictly within what the span bills. */
function movesWithin({ meter, opening, closing }: Span, readings: readonly MeterReading[], to: number): MeterReading[] {
  if (opening === null) return [];
  return readings
    .filter((reading) => reading.meter === meter.number && reading.occasion !== null && reading.standing === 'good')
    .filter(({ at }) => at > opening.at && at < (closing?.at ?? to))
    .sort(inTimeOrder);
}

function segmentsOf(span: Span, readings: readonly MeterReading[], moves: readonly MeterReading[]): Segment[] {
  const { meter, opening, closing } = span;
  const turns = moves.filter((move) => move.meter === meter.number).map(boundaryOfReading);
  const starts = [opening, ...turns];
  const ends = [...turns, closing];
  return starts.map((start, index) => measure(meter, start, ends[index] ?? null, readings));
}
