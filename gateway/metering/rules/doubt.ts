/**
 * What nobody has believed, as lines: each value goes on from the one before. What is on one of them is in doubt as well, for time
 * proves nothing: the longer the last good value lies back, the more can have passed since, until any value would be possible.
 */
import { add, compare, multiply, subtract, type Decimal } from '../../../drivers/bytes/decimal.ts';
import { decimal, ZERO, type Sighting } from './register.ts';

export interface DoubtedLine {
  readonly first: Sighting;
  readonly last: Sighting;
}

/** How the values of a register, or of a counter of pulses, follow each other. */
export interface Scale {
  /** The first value that it has no digits for: 0 comes instead. */
  readonly top: Decimal;
  /** It may go back by so much, and nobody has to look: a wheel that is turning, a dial that was read in haste. */
  readonly slack: Decimal;
  /** Whether a value may be a little wrong, and the next one right. */
  readonly mayFlicker: boolean;
  /** Whether `from` can have become `to` in the time between, whichever of the two was earlier. */
  readonly comes: (from: Sighting, to: Sighting) => boolean;
}

/** A fault in passing, another one, what came instead, and one more. */
const MOST_LINES = 4;
/** A line that has never gone on, such as the zero of a meter that boots, holds only what is not by far nearer to the good value. */
const BY_FAR: Decimal = { digits: 3n, exponent: 0 };

/** The line that `seen` may be on, although it can have come from `good`; null where there is none. */
export function lineOf(
  scale: Scale,
  good: Sighting,
  lines: readonly DoubtedLine[],
  seen: Sighting,
): DoubtedLine | null {
  const fromGood = distance(scale, good, seen);
  const isOn = (line: DoubtedLine): boolean => {
    const fromLine = distance(scale, line.last, seen);
    const isNearer = compare(fromLine, fromGood) <= 0;
    // What it went on to may be a misread: where it began, it goes on from all the same.
    const comes = scale.comes(line.last, seen) || (hasGoneOn(line) && scale.comes(line.first, seen));
    if (!comes) return isNearer && scale.mayFlicker;
    return isNearer || hasGoneOn(line) || compare(multiply(fromGood, BY_FAR), fromLine) > 0;
  };
  return lines.findLast((line) => !isSlack(scale, good, line) && isOn(line)) ?? null;
}

/** Whether anything but slack is in doubt. */
export function isDoubted(scale: Scale, good: Sighting, lines: readonly DoubtedLine[]): boolean {
  return lines.some((line) => !isSlack(scale, good, line));
}

/** Those that it goes on from, the nearest first. A wheel that is turning does not become what is in doubt. */
export function linesTo(
  scale: Scale,
  good: Sighting,
  lines: readonly DoubtedLine[],
  seen: Sighting,
): readonly DoubtedLine[] {
  const isTurning = isSlack(scale, good, { first: seen });
  return lines
    .filter((line) => scale.comes(line.last, seen) && (isTurning || !isSlack(scale, good, line)))
    .sort((a, b) => compare(distance(scale, a.last, seen), distance(scale, b.last, seen)));
}

/** With one more value that is in doubt, on the nearest line that it goes on from. The line touched last is the last. */
export function withDoubted(
  scale: Scale,
  good: Sighting,
  lines: readonly DoubtedLine[],
  seen: Sighting,
): readonly DoubtedLine[] {
  const [nearest] = linesTo(scale, good, lines, seen);
  const line = { first: nearest?.first ?? seen, last: seen };
  return [...lines.filter((other) => other !== nearest), line].slice(-MOST_LINES);
}

/**
 * What is in doubt still when a person has believed `believed`, which is the good value now; `good`: the one before it. Only what it is
 * nearer to has been believed with it: given time, everything comes from everything.
 */
export function stillDoubted(
  scale: Scale,
  good: Sighting,
  lines: readonly DoubtedLine[],
  believed: Sighting,
): readonly DoubtedLine[] {
  const fromGood = distance(scale, good, believed);
  const isOf = (value: Sighting): boolean => compare(distance(scale, value, believed), fromGood) <= 0;
  return lines.filter((line) => !isSlack(scale, good, line) && !isOf(line.first) && !isOf(line.last));
}

function isSlack({ top, slack }: Scale, good: Sighting, { first }: Pick<DoubtedLine, 'first'>): boolean {
  const back = subtract(decimal(good.value), decimal(first.value));
  const around = compare(back, ZERO) < 0 ? add(back, top) : back;
  return compare(around, slack) <= 0;
}

function hasGoneOn({ first, last }: DoubtedLine): boolean {
  return compare(decimal(first.value), decimal(last.value)) !== 0;
}

/** The shorter way around, for a value may have gone over the top. */
function distance({ top }: Scale, a: Sighting, b: Sighting): Decimal {
  const way = subtract(decimal(a.value), decimal(b.value));
  const forward = compare(way, ZERO) < 0 ? subtract(ZERO, way) : way;
  const around = subtract(top, forward);
  return compare(around, forward) < 0 ? around : forward;
}
