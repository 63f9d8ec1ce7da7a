/** What a meter has taught: kept across restarts. Plain JSON. */
import { z } from 'zod';
import type { Knowledge } from '../contract.ts';

const knowledge = z.object({
  diOrder: z.enum(['high', 'low']).optional().catch(undefined),
  /** How often each item was asked for in vain in a row, by its data identifier, while the meter answered to others. */
  vain: z.record(z.string().regex(/^[0-9A-F]{4}$/), z.int().min(1)).catch({}),
  /** Day of the month at which it keeps its values; null where it does not tell. */
  settlementDay: z.int().nullable().optional().catch(undefined),
  /** T of its replies, two hex digits, where it is another than it is asked as. Nothing goes by it: it is for whoever asks why. */
  answersAs: z
    .string()
    .regex(/^[0-9A-F]{2}$/)
    .optional()
    .catch(undefined),
});

export type SessionKnowledge = Readonly<z.infer<typeof knowledge>>;

const ANY = 'AA';
/** So often in vain, and the meter does not have it. */
const ABSENT_AFTER = 3;

/** Whatever was kept: what is no knowledge is none. */
export function parseKnowledge(kept: Knowledge): SessionKnowledge {
  return knowledge.parse({ vain: {}, ...kept });
}

export function isAbsent({ vain }: SessionKnowledge, item: string): boolean {
  return (vain[item] ?? 0) >= ABSENT_AFTER;
}

/** The same object where nothing is new: what is absent is not counted any further. */
export function afterVain(known: SessionKnowledge, item: string): SessionKnowledge {
  if (isAbsent(known, item)) return known;
  return { ...known, vain: { ...known.vain, [item]: (known.vain[item] ?? 0) + 1 } };
}

export function afterAnswer(known: SessionKnowledge, item: string): SessionKnowledge {
  if (known.vain[item] === undefined) return known;
  const { [item]: _found, ...vain } = known.vain;
  return { ...known, vain };
}

export function withSettlementDay(known: SessionKnowledge, settlementDay: number | null): SessionKnowledge {
  return known.settlementDay === settlementDay ? known : { ...known, settlementDay };
}

/** The same object where nothing is new. */
export function withAnswersAs(known: SessionKnowledge, asked: string, answered: string): SessionKnowledge {
  const answersAs = asked === answered || asked === ANY ? undefined : answered;
  return known.answersAs === answersAs ? known : { ...known, answersAs };
}
