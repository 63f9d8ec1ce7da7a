/** How long a type may be shelved. */
import type { AlarmSettings } from './rule-file.ts';
import type { ShelvingLimits } from './suppression.ts';

/** A shift. */
const DEFAULT_S = 8 * 3600;

/** `settings` is null for an alarm that no rule makes any more. */
export function shelvingLimits(settings: Pick<AlarmSettings, 'shelvable' | 'maxShelveS'> | null): ShelvingLimits {
  const { shelvable = true, maxShelveS = DEFAULT_S } = settings ?? {};
  return { shelvable, maxMs: maxShelveS * 1000 };
}
