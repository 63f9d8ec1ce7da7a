/** How long a type may be shelved. */
import type { AlarmRow } from '../store/rows.ts';
import type { AlarmSettings } from './rule-file.ts';
import type { ShelvingLimits } from './suppression.ts';

/** A shift. */
const DEFAULT_S = 8 * 3600;

/** `settings` is null for an alarm that no rule makes any more. */
export function shelvingLimits(settings: Pick<AlarmSettings, 'shelvable' | 'maxShelveS'> | null): ShelvingLimits {
  const { shelvable = true, maxShelveS = DEFAULT_S } = settings ?? {};
  return { shelvable, maxMs: maxShelveS * 1000 };
}

/** How much longer an alarm that is shelved may stay so: what its type does not allow any more ends at once. */
export function longestShelfMs(
  { priority }: Pick<AlarmRow, 'priority'>,
  settings: Parameters<typeof shelvingLimits>[0],
): number {
  const { shelvable, maxMs } = shelvingLimits(settings);
  return shelvable && priority !== 1 ? maxMs : 0;
}
