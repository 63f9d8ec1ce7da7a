/** What becomes of a value that the meter had frozen: a reading at the meter's own time, or nothing, with the reason. */
import type { LocalTime, MeterReading } from '../model.ts';
import type { Wanted } from './frozen-wanted.ts';
import type { DoubtedLine } from './doubt.ts';
import { assess, isDoubt } from './plausible.ts';
import type { Register, Sighting } from './register.ts';
import type { Words } from './words.ts';
import { isLocalTime } from './zone.ts';

/** As the meter gave it. */
export interface FrozenSeen {
  readonly value: string | null;
  /** Null where the meter tells none. */
  readonly meterTime: LocalTime | null;
}

/** The good values next to it in time; null where there are none. `lines`: what is in doubt since the last good one of all. */
export interface Neighbours {
  readonly before: Sighting | null;
  readonly lines: readonly DoubtedLine[];
  readonly after: Sighting | null;
}

/** `doubt`: null for a good one. */
export type Filling =
  | {
      readonly kind: 'store';
      readonly reading: Pick<MeterReading, 'value' | 'at' | 'quality' | 'standing'>;
      readonly doubt: Words | null;
    }
  | { readonly kind: 'ignore'; readonly words: Words };

/** A frozen value fits between its neighbours, or it is suspect: asking the meter again would give the same. */
export function fillFrom(
  register: Register,
  wanted: Wanted,
  seen: FrozenSeen,
  { before, lines, after }: Neighbours,
): Filling {
  if (seen.value === null) return ignore('电表未保存该冻结值', 'the meter has no such value');
  if (seen.meterTime === null || !isLocalTime(seen.meterTime)) {
    return ignore('冻结值没有有效的冻结时间', 'the frozen value has no time');
  }
  if (!seen.meterTime.startsWith(wanted.meterTime.slice(0, MINUTE))) {
    return ignore(
      `冻结时间为 ${seen.meterTime}，不是 ${wanted.meterTime}`,
      `it was frozen at ${seen.meterTime}, not at ${wanted.meterTime}`,
    );
  }
  const sighting = { value: seen.value, at: wanted.at };
  const found = [
    assess(register, { good: before, lines: after === null ? lines : [] }, sighting),
    assess(register, { good: after, lines: [] }, sighting),
  ].find(isDoubt);
  const standing = found === undefined ? 'good' : 'suspect';
  return { kind: 'store', reading: { ...sighting, quality: 'frozen', standing }, doubt: found?.words ?? null };
}

/** As many characters of a local time tell the minute. */
const MINUTE = 16;

function ignore(zh: string, en: string): Filling {
  return { kind: 'ignore', words: { zh, en } };
}
