/**
 * What a device has taught about how it can be read. Facts about addresses only, so that they hold whichever points
 * are wanted later. docs/decisions/0003-read-planner.md has the reasoning.
 */
import { z } from 'zod';
import { TABLES } from './read.ts';

const range = z.object({ table: z.enum(TABLES), from: z.int(), to: z.int() });
const suspect = range.extend({ low: z.int(), high: z.int() });
const length = z.object({ answered: z.int(), refused: z.int().optional(), suspected: z.int().optional() });
const knowledge = z.object({
  missing: z.array(range).readonly(),
  seams: z.array(range).readonly(),
  suspects: z.array(suspect).readonly(),
  untried: z.array(range).readonly(),
  lengths: z.partialRecord(z.enum(TABLES), length).readonly(),
});

/**
 * A read of several stretches that was refused, cause unknown. From `from` to `low` everything has been answered, and
 * so has everything from `high` to `to`; at first that is nothing: `low` is `from - 1` and `high` is `to + 1`.
 */
export type Suspect = Readonly<z.infer<typeof suspect>>;

/**
 * Of one table: the longest read that was answered, and the shortest that was refused for its length. `suspected` is a
 * single refusal that only the length explains; it takes a second one before the length of all reads is limited.
 */
export type LearnedLength = Readonly<z.infer<typeof length>>;

/**
 * Plain JSON, kept across restarts.
 * `missing`: a single stretch, asked for alone, was refused.
 * `seams`: what lies at both ends can be read, but not in one read.
 * `suspects`: refused, and being bisected.
 * `untried`: the rest of a read of which one part was refused; it is asked for by itself before others join it.
 * `lengths`: see `LearnedLength`.
 */
export type ReadKnowledge = Readonly<z.infer<typeof knowledge>>;

export const NOTHING_KNOWN: ReadKnowledge = { missing: [], seams: [], suspects: [], untried: [], lengths: {} };

/** From the store. What this version does not understand is learned again. */
export function parseReadKnowledge(stored: unknown): ReadKnowledge {
  return knowledge.safeParse(stored).data ?? NOTHING_KNOWN;
}

/** A part at either end has been answered. */
export function isParted({ from, to, low, high }: Suspect): boolean {
  return low >= from && high <= to;
}

/** Everything in it has been answered, and so has each step from one stretch to the next. */
export function isExhausted({ low, high }: Suspect): boolean {
  return low >= high;
}
