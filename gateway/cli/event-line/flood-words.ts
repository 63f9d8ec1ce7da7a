/** A flood of alarms in words. */
import type { Palette } from '../text/palette.ts';
import type { LineWords, LiveEvent } from './words.ts';

export function floodWords({ type }: LiveEvent, { bad, good }: Palette): LineWords {
  if (type === 'ended') return { symbol: good('▽'), what: 'flood of alarms', happened: 'over' };
  return { symbol: bad('▲'), what: bad('flood of alarms'), happened: 'more than 10 in 10 minutes: go by the groups' };
}
