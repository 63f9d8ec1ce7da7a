/**
 * What is read once more when a command is over. What a command was seen by is in its result; a meter is polled so seldom that its point
 * would be told for an hour as it was before. Pure.
 */
import type { Profile } from '../../drivers/contract.ts';
import { judgementOf } from '../metering/watch/judgements.ts';

/** `seen`: the points that the command was seen by; none of one that failed, which may have moved a valve all the same. */
export function readAfter({ points }: Pick<Profile, 'points'>, seen: readonly string[]): string[] {
  const supply = points.filter((point) => judgementOf(point) === 'supplyOff').map(({ key }) => key);
  return [...new Set([...seen, ...supply])];
}
