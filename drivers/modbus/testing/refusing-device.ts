/** A device that refuses reads, and a poller that learns from it as the driver does. */
import type { LineCost } from '../../contract.ts';
import { planReads, type ReadPlan } from '../plan-reads.ts';
import { overlaps, rangeOf, type Range, type Read, type ReadLimits } from '../read.ts';
import { afterRefusal, afterSuccess } from '../learn-reads.ts';
import { NOTHING_KNOWN, parseReadKnowledge, type ReadKnowledge } from '../read-knowledge.ts';
import type { Span } from '../stretches.ts';

/** Whether the device answers a read with data; if not, with exception 02 or 03. */
export type Answers = (read: Read) => boolean;

/** What a device is like: holes, seams (no read runs from the address before one to the address at it), longest read. */
export interface Truth {
  readonly holes?: readonly Range[];
  readonly seams?: readonly number[];
  readonly longest?: number;
}

export function deviceWith({ holes = [], seams = [], longest = Infinity }: Truth): Answers {
  return (read) => {
    const asked = rangeOf(read);
    return (
      read.count <= longest &&
      !holes.some((hole) => overlaps(hole, asked)) &&
      !seams.some((seam) => asked.from < seam && seam <= asked.to)
    );
  };
}

export interface Poller {
  /** Planned apart, as the points of each poll class are; what one teaches is known to all. */
  readonly groups: readonly (readonly Span[])[];
  readonly limits: ReadLimits;
  readonly cost: LineCost;
  /** In which order the reads of a plan are polled. */
  readonly order?: (reads: readonly Read[]) => readonly Read[];
  /** Plans again as soon as something was learned, or finishes the round with the plan that it has. */
  readonly replan?: 'at once' | 'next round';
}

export interface Lesson {
  readonly plans: readonly ReadPlan[];
  readonly knowledge: ReadKnowledge;
  /** Every read that was refused on the way, in order. */
  readonly refused: readonly Read[];
}

/** Polls until a whole round teaches nothing. What is known goes through JSON each time, as it does through the store. */
export function learn(poller: Poller, answers: Answers, known: ReadKnowledge = NOTHING_KNOWN): Lesson {
  const refused: Read[] = [];
  let knowledge = known;
  for (let round = 0; round < 10_000; round++) {
    const before = knowledge;
    for (const group of poller.groups) knowledge = pollOnce(poller, group, answers, knowledge, refused);
    if (knowledge === before) {
      return { plans: poller.groups.map((group) => planOf(poller, group, knowledge)), knowledge, refused };
    }
  }
  throw new Error('it never ends');
}

function pollOnce(
  poller: Poller,
  group: readonly Span[],
  answers: Answers,
  known: ReadKnowledge,
  refused: Read[],
): ReadKnowledge {
  const { replan = 'at once' } = poller;
  const { reads } = planOf(poller, group, known);
  let knowledge = known;
  for (const read of poller.order?.(reads) ?? reads) {
    const answered = answers(read);
    if (!answered) refused.push(read);
    const next = answered ? afterSuccess(knowledge, read) : afterRefusal(knowledge, read);
    if (next === knowledge) continue;
    knowledge = parseReadKnowledge(JSON.parse(JSON.stringify(next)));
    if (replan === 'at once') break;
  }
  return knowledge;
}

function planOf({ limits, cost }: Poller, group: readonly Span[], knowledge: ReadKnowledge): ReadPlan {
  return planReads(group, limits, cost, knowledge);
}

/** Asks once for each stretch that the device has refused, as the driver does now and then. */
export function retry(poller: Poller, answers: Answers, known: ReadKnowledge): ReadKnowledge {
  return poller.groups
    .flatMap((group) => planOf(poller, group, known).unreadable)
    .filter(({ reason }) => reason === 'refused')
    .reduce((knowledge, { read }) => (answers(read) ? afterSuccess : afterRefusal)(knowledge, read), known);
}
