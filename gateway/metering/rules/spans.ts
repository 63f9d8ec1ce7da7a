/** The stretches of a chain that a line bills: one for each meter, from where the last bill ended to the cut. */
import { compare } from '../../../drivers/bytes/decimal.ts';
import type { Meter, MeterReading } from '../model.ts';
import { boundaryOfInstallation, boundaryOfRemoval, type Boundary, type Stay } from './boundary.ts';
import type { Chain } from './chain.ts';
import { inTimeOrder, valueAtCut, type CutSearch, type CutValue, type Tolerances } from './closing.ts';
import { estimateAt, type PastUse } from './estimate.ts';
import type { Fact, Side } from './reasons.ts';
import { decimal } from './register.ts';

/** What is known of a chain. `readings` of all its meters, in any order. */
export interface ChainFacts {
  readonly chain: Chain;
  readonly readings: readonly MeterReading[];
  /** What the closed runs of earlier periods have billed it to; null: they have not. See BillLine.billedTo. */
  readonly billed: Boundary | null;
  /** Newest first. */
  readonly history: readonly PastUse[];
}

export interface SpanRules {
  /** Where the earlier closed runs end, or where the period begins if there are none. Unix milliseconds. */
  readonly since: number;
  /** Where the first closed run begins: of a meter that was put up later all is to be billed. Null: there is none. */
  readonly billedSince: number | null;
  readonly to: number;
  readonly tolerances: Tolerances;
  /** Whether a closing value that is missing may be computed. */
  readonly estimates: boolean;
}

export interface Span {
  readonly meter: Meter;
  readonly opening: Boundary | null;
  readonly closing: Boundary | null;
  /** Suspect readings that could have been one of the two. */
  readonly held: readonly MeterReading[];
  readonly facts: readonly Fact[];
}

/** In order of time; empty where the chain has nothing to bill before the cut. */
export function spansOf(known: ChainFacts, rules: SpanRules): Span[] {
  const { billed } = known;
  const stays = known.chain.stays.filter(({ from }) => from < rules.to);
  if (billed === null) {
    return stays
      .filter((stay) => stay.until > rules.since || isNewSince(stay, rules))
      .map((stay, index) => freshSpan(stay, index === 0, known, rules));
  }
  const current = stays.findIndex(({ meter }) => meter.number === billed.meter);
  if (current < 0) return stays.slice(-1).map(({ meter }) => lostSpan(meter, billed));
  return stays.slice(current).flatMap((stay, index) => {
    if (index > 0) return [spanFrom(stay, installation(stay), known, rules)];
    if (isBilledToItsEnd(stay, billed, rules)) return [];
    return [spanFrom(stay, { boundary: { ...billed, source: 'billed' }, held: [], facts: [] }, known, rules)];
  });
}

interface End {
  readonly boundary: Boundary | null;
  readonly held: readonly MeterReading[];
  readonly facts: readonly Fact[];
}

function freshSpan(stay: Stay, isFirst: boolean, known: ChainFacts, rules: SpanRules): Span {
  const beganBefore = isFirst && stay.from < rules.since && !isNewSince(stay, rules);
  return spanFrom(stay, beganBefore ? openingAt(stay, known, rules) : installation(stay), known, rules);
}

function spanFrom(stay: Stay, opening: End, known: ChainFacts, rules: SpanRules): Span {
  const closing = closingOf(stay, opening.boundary, known, rules);
  return {
    meter: stay.meter,
    ...{ opening: opening.boundary, closing: closing.boundary },
    held: [...opening.held, ...closing.held],
    facts: [...opening.facts, ...closing.facts],
  };
}

function lostSpan(meter: Meter, billed: Boundary): Span {
  return { meter, opening: null, closing: null, held: [], facts: [{ code: 'unknownMeter', meter: billed.meter }] };
}

function installation(stay: Stay): End {
  return { boundary: boundaryOfInstallation(stay), held: [], facts: [] };
}

function openingAt(stay: Stay, known: ChainFacts, { since, tolerances }: SpanRules): End {
  const noted = boundaryOfInstallation(stay);
  const search = searchIn(stay, known, since);
  return endOf('opening', stay, search, valueAtCut({ ...search, noted }, tolerances));
}

function closingOf(stay: Stay, opening: Boundary | null, known: ChainFacts, rules: SpanRules): End {
  const removal = boundaryOfRemoval(stay);
  const isRemoved = stay.until <= rules.to;
  if (isRemoved && removal !== null) return { boundary: removal, held: [], facts: [] };
  const cut = isRemoved ? stay.until : rules.to;
  const search = searchIn(stay, known, cut, opening?.at);
  const found = valueAtCut({ ...search, noted: isRemoved ? null : removal }, rules.tolerances);
  const mayEstimate = rules.estimates && !isRemoved && found.boundary === null && opening !== null;
  const estimate = mayEstimate ? estimateAt(cut, stay.meter, lastGood(search) ?? opening, known.history) : null;
  if (estimate === null) return endOf(isRemoved ? 'removal' : 'closing', stay, search, found);
  const { boundary, basis, start } = estimate;
  const fact: Fact = { code: 'estimate', side: 'closing', ...boundary, basis: { ...basis, start } };
  return { boundary, held: found.held, facts: [fact] };
}

function searchIn(stay: Stay, { readings }: ChainFacts, cut: number, notBefore = stay.from): CutSearch {
  const own = readings.filter(({ meter }) => meter === stay.meter.number);
  return { readings: own, cut, notBefore: Math.max(stay.from, notBefore), notAfter: stay.until };
}

function endOf(side: Side, stay: Stay, search: CutSearch, { boundary, reading, held }: CutValue): End {
  const meter = stay.meter.number;
  if (boundary === null) {
    const last = lastGood(search);
    return { boundary, held, facts: [{ code: 'missing', meter, side, at: search.cut, last }] };
  }
  const facts: Fact[] = [];
  if (boundary.quality === 'manual') facts.push({ code: 'manual', side, ...boundary });
  if (boundary.quality === 'estimated') facts.push({ code: 'estimate', side, ...boundary, basis: null });
  for (const note of reading?.notes ?? []) facts.push({ code: 'noted', meter, note });
  return { boundary, held, facts };
}

function lastGood({ readings, cut, notBefore, notAfter }: CutSearch): MeterReading | null {
  const good = readings.filter(
    ({ standing, at }) => standing === 'good' && at >= notBefore && at <= Math.min(cut, notAfter),
  );
  return good.sort(inTimeOrder).at(-1) ?? null;
}

/** Put up since the site bills, and entered so late that nobody has billed any of it. */
function isNewSince({ from }: Stay, { billedSince }: SpanRules): boolean {
  return billedSince !== null && from >= billedSince;
}

function isBilledToItsEnd(stay: Stay, billed: Boundary, { since, tolerances }: SpanRules): boolean {
  const removal = boundaryOfRemoval(stay);
  // Nobody wrote down what it showed then: what it was billed to near its end is the last that there will be.
  if (removal === null) return stay.until <= since && stay.until - billed.at <= tolerances.manual;
  return removal.at <= billed.at && compare(decimal(removal.value), decimal(billed.value)) === 0;
}
