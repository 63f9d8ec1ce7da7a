/** How each answer and each refusal adds to what is known of a device. */
import type { Table } from './profile.ts';
import { contains, overlaps, rangeOf, sizeOf, type Range, type Read } from './read.ts';
import { isExhausted, isParted, type LearnedLength, type ReadKnowledge, type Suspect } from './read-knowledge.ts';

/** The device has answered `read`. Returns `known` itself when that taught nothing. */
export function afterSuccess(known: ReadKnowledge, read: Read): ReadKnowledge {
  const answered = rangeOf(read);
  const disproved = (fact: Range) => contains(answered, fact);
  const next: ReadKnowledge = {
    missing: without(known.missing, disproved),
    seams: without(known.seams, disproved),
    suspects: narrowed(without(known.suspects, disproved), answered),
    untried: without(known.untried, (part) => overlaps(part, answered)),
    lengths: lengthened(known.lengths, read),
  };
  const keys = Object.keys(next) as (keyof ReadKnowledge)[];
  return keys.every((key) => next[key] === known[key]) ? known : next;
}

/**
 * The device has refused `read` with exception 02 (illegal data address) or 03 (illegal data value). Neither is taken at
 * its word: some devices answer 02 to a read that is too long, and some 03 where there is nothing. Returns `known`
 * itself when the refusal was to be expected.
 */
export function afterRefusal(known: ReadKnowledge, read: Read): ReadKnowledge {
  const refused = rangeOf(read);
  const before = known.suspects.find((suspect) => contains(suspect, refused) && contains(refused, suspect));
  if (before && isParted(before)) return afterRepeatedRefusal(known, before);
  if (isExplained(known, read)) return known;
  const rest = withoutImplied(known, refused);
  if (read.stretches === 1) return { ...rest, missing: [...rest.missing, refused] };
  const suspect = { ...refused, ...boundsWithin(known.suspects, refused) };
  if (read.stretches === 2 && isParted(suspect)) return withSeam(rest, suspect);
  return { ...rest, suspects: [...rest.suspects, suspect] };
}

function isExplained(known: ReadKnowledge, read: Read): boolean {
  const refused = rangeOf(read);
  const tooLong = known.lengths[read.table]?.refused ?? Infinity;
  return (
    // A single stretch is asked for at any length, and is missing when it is refused.
    (read.stretches > 1 && read.count >= tooLong) ||
    [...known.missing, ...known.seams, ...known.suspects].some((fact) => contains(refused, fact))
  );
}

/** All parts were answered and the whole is refused once more: because of its length, or of a step within it. */
function afterRepeatedRefusal(known: ReadKnowledge, suspect: Suspect): ReadKnowledge {
  const { answered = 0, refused, suspected } = known.lengths[suspect.table] ?? {};
  const size = sizeOf(suspect);
  if (!isExhausted(suspect) || size <= answered) return withSeam(known, suspect);
  const other = refused ?? suspected;
  if (other === undefined) return withLength(withSeam(known, suspect), suspect.table, { answered, suspected: size });
  const shortest = Math.min(size, other);
  const isShorter = (range: Range) => range.table !== suspect.table || sizeOf(range) < shortest;
  const rest = { ...known, seams: known.seams.filter(isShorter), suspects: known.suspects.filter(isShorter) };
  return withLength(rest, suspect.table, { answered, refused: shortest });
}

function withLength(known: ReadKnowledge, table: Table, length: LearnedLength): ReadKnowledge {
  return { ...known, lengths: { ...known.lengths, [table]: length } };
}

/** The seam is the step between the two parts, except where their length together may be the cause. */
function withSeam(known: ReadKnowledge, suspect: Suspect): ReadKnowledge {
  const { table, from, to, low, high } = suspect;
  const isStep = !isExhausted(suspect) && sizeOf(suspect) <= (known.lengths[table]?.answered ?? 0);
  const seam = isStep ? { table, from: low, to: high } : { table, from, to };
  const rest = withoutImplied(known, seam);
  return { ...rest, seams: [...rest.seams, seam] };
}

/** Leaves out what a new refusal implies: what contains it was refused because of it. */
function withoutImplied(known: ReadKnowledge, refused: Range): ReadKnowledge {
  const implied = (fact: Range) => contains(fact, refused);
  return {
    ...known,
    missing: without(known.missing, implied),
    seams: without(known.seams, implied),
    suspects: without(known.suspects, implied),
    untried: [
      ...without(known.untried, (part) => overlaps(part, refused)),
      ...known.suspects.filter(implied).flatMap((suspect) => untriedIn(suspect, refused)),
    ],
  };
}

function untriedIn({ table, from, to, low, high }: Suspect, refused: Range): readonly Range[] {
  const below = low < from && from < refused.from ? [{ table, from, to: refused.from - 1 }] : [];
  const above = high > to && to > refused.to ? [{ table, from: refused.to + 1, to }] : [];
  return [...below, ...above];
}

/** What was answered inside a suspect holds inside each part of it. */
function boundsWithin(suspects: readonly Suspect[], part: Range): Pick<Suspect, 'low' | 'high'> {
  const around = suspects.filter((suspect) => !isExhausted(suspect) && contains(suspect, part));
  const low = Math.max(part.from - 1, ...around.map((suspect) => suspect.low));
  const high = Math.min(part.to + 1, ...around.map((suspect) => suspect.high));
  // A device that refuses now what it answered before is asked anew.
  return low < high && low < part.to && high > part.from ? { low, high } : { low: part.from - 1, high: part.to + 1 };
}

function narrowed(suspects: readonly Suspect[], answered: Range): readonly Suspect[] {
  const next = suspects.map((suspect) => (suspect.table === answered.table ? narrow(suspect, answered) : suspect));
  return next.every((suspect, index) => suspect === suspects[index]) ? suspects : next;
}

function narrow(suspect: Suspect, answered: Range): Suspect {
  // An answer that begins at `low` or below has read `low` and what follows in one: the step between them is proven too.
  const low = answered.from <= Math.max(suspect.low, suspect.from) ? Math.max(suspect.low, answered.to) : suspect.low;
  const high = answered.to >= Math.min(suspect.high, suspect.to) ? Math.min(suspect.high, answered.from) : suspect.high;
  return low === suspect.low && high === suspect.high ? suspect : { ...suspect, low, high };
}

function lengthened(lengths: ReadKnowledge['lengths'], { table, count }: Read): ReadKnowledge['lengths'] {
  const { answered = 0, refused = 0, suspected = 0 } = lengths[table] ?? {};
  if (count <= answered) return lengths;
  const still = { ...(refused > count ? { refused } : {}), ...(suspected > count ? { suspected } : {}) };
  return { ...lengths, [table]: { answered: count, ...still } };
}

/** The list itself where nothing is left out. */
function without<T>(list: readonly T[], isOut: (item: T) => boolean): readonly T[] {
  const rest = list.filter((item) => !isOut(item));
  return rest.length === list.length ? list : rest;
}
