/** What is to be said of a line: what the fitter did, what is in doubt, who moved, how the registers went. */
import type { MeterReading } from '../model.ts';
import type { Boundary } from './boundary.ts';
import { inTimeOrder, type Tolerances } from './closing.ts';
import type { Segment } from './consumption.ts';
import type { Period } from './period.ts';
import type { Fact } from './reasons.ts';
import type { Span } from './spans.ts';

export interface LineParts {
  readonly spans: readonly Span[];
  readonly segments: readonly Segment[];
  /** Good readings when people moved. */
  readonly moves: readonly MeterReading[];
}

interface Rules {
  readonly period: Period;
  readonly tolerances: Tolerances;
}

/** In the order in which a clerk asks: from when, which meters, what is in doubt, how far, what was said on the way, who. */
export function factsOf(
  { spans, segments, moves }: LineParts,
  readings: readonly MeterReading[],
  { period, tolerances }: Rules,
): Fact[] {
  const opening = spans[0]?.opening ?? null;
  const isLate = opening !== null && opening.at < period.from - tolerances.manual;
  return [
    ...(isLate ? [{ code: 'sinceEarlier', at: opening.at } as const] : []),
    ...spans.flatMap((span, index) => [...turnsOf(span, spans[index + 1], index === 0), ...span.facts]),
    ...spans.flatMap((span) => suspectsOf(span, readings, period)),
    ...segments.flatMap(wayFacts),
    ...spans.flatMap((span) => notedOf(span, readings)),
    ...moves.map((move): Fact => ({ code: move.occasion ?? 'moveIn', ...shown(move) })),
  ];
}

/** What the fitter did. */
function turnsOf({ opening, closing }: Span, next: Span | undefined, isFirst: boolean): Fact[] {
  const facts: Fact[] = [];
  if (isFirst && opening?.source === 'installation') facts.push({ code: 'installed', ...shown(opening) });
  if (next?.opening && closing) facts.push({ code: 'replacement', old: shown(closing), new: shown(next.opening) });
  if (next === undefined && closing?.source === 'removal') facts.push({ code: 'removed', ...shown(closing) });
  return facts;
}

/** One that may have been a boundary, or says what somebody used, each; of the others the number and the first. */
function suspectsOf(
  { meter, opening, closing, held }: Span,
  readings: readonly MeterReading[],
  period: Period,
): Fact[] {
  const from = opening?.at ?? period.from;
  const to = closing?.at ?? period.to;
  const within = readings
    .filter((reading) => reading.meter === meter.number && reading.standing === 'suspect')
    .filter((reading) => reading.at > from && reading.at < to && !held.includes(reading));
  const [others, moves] = [
    within.filter(({ occasion }) => occasion === null),
    within.filter(({ occasion }) => occasion),
  ];
  const [first] = others.sort(inTimeOrder);
  const atCut = [...new Set([...held, ...moves])].sort(inTimeOrder);
  return [
    ...atCut.map((reading): Fact => ({ code: 'suspectAtCut', ...shown(reading) })),
    ...(first ? [{ code: 'suspectInPeriod', count: others.length, ...shown(first) } as const] : []),
  ];
}

/**
 * What a person has believed, or the gateway has found, on the way from one value to the other: the use goes over it. Those that were
 * settled together have their last note in common, and are told by the first.
 */
function notedOf({ meter, opening, closing }: Span, readings: readonly MeterReading[]): Fact[] {
  if (opening === null || closing === null) return [];
  const within = readings
    .filter((reading) => reading.meter === meter.number && reading.standing === 'good' && reading.notes.length > 0)
    .filter(({ quality, occasion }) => quality !== 'estimated' && occasion === null)
    .filter(({ at }) => at > opening.at && at < closing.at)
    .sort(inTimeOrder);
  return [...Map.groupBy(within, ({ notes }) => notes.at(-1)).values()].flatMap((same): Fact[] => {
    const [first] = same;
    return first ? [{ code: 'notedInPeriod', ...shown(first), notes: first.notes, count: same.length }] : [];
  });
}

function wayFacts({ meter, opening, closing, way, use }: Segment): Fact[] {
  if (opening === null || closing === null) return [];
  const ends = { meter, from: opening, to: closing };
  switch (way) {
    case 'rollOver':
      return [{ code: way, ...ends, use: use ?? '' }];
    case 'credit':
    case 'backwards':
      return [{ code: way, ...ends }];
    case 'forward':
    case 'unknown':
      return [];
  }
}

function shown({ meter, value, at }: Pick<Boundary, 'meter' | 'value' | 'at'>) {
  return { meter, value, at };
}
