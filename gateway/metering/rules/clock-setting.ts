/** When a meter's clock may be set. A clock that is moved across the moment of a freeze freezes twice, or not at all. */
import type { Cut } from './period.ts';
import { localOf } from './zone.ts';

/** `line`: by a broadcast, which all meters of the line hear, those also that are right. */
export type ClockReach = 'line' | 'device';

/** `later`: not just now, or not today any more. `never`: on site. */
export type MaySet = 'now' | 'later' | 'never';

/** DL/T 645: a meter takes a broadcast once a day, moves by no more than five minutes, and not within five minutes of midnight. */
const BROADCAST_MOVES_S = 300;
const NOT_AROUND_S = 300;
/** A clock that is further off shows another date: which one is right, somebody has to see. */
const MOVES_AT_MOST_S = 12 * 3600;
const DAY_S = 86_400;

/**
 * `offS`: seconds that the clock is ahead; null: it shows no time. `setAt`: when one was sent last on this line, or to this
 * device; null: never. `at`: now. Unix milliseconds.
 */
export function mayBeSet(reach: ClockReach, offS: number | null, setAt: number | null, at: number, cut: Cut): MaySet {
  if (offS === null || Math.abs(offS) > (reach === 'line' ? BROADCAST_MOVES_S : MOVES_AT_MOST_S)) return 'never';
  const wall = localOf(at, cut.zone);
  if (setAt !== null && localOf(setAt, cut.zone).slice(0, 10) === wall.slice(0, 10)) return 'later';
  // Of the others on the line nobody knows how far they are off.
  const moves = reach === 'line' ? BROADCAST_MOVES_S : Math.abs(offS);
  const isNear = [0, secondOfDay(cut.time)].some(
    (freeze) => distance(secondOfDay(wall.slice(11)), freeze) <= moves + NOT_AROUND_S,
  );
  return isNear ? 'later' : 'now';
}

/** Of fewer clocks nobody can say which one is wrong. */
const A_QUORUM = 5;
/** Clocks that were set by each other are as near as this. */
const ALIKE_S = 60;

/**
 * Whether meters' clocks are off, or ours is: when most of a site's clocks are off by the same, it is rather this one that is wrong,
 * and it must set none. `offsets`: of the clocks that have been read, in seconds, 0 for those that are right. `clocks`: how many there
 * are. `unknown`: too few have been read yet.
 */
export function whoseClock(offsets: readonly number[], clocks: number): 'theirs' | 'ours' | 'unknown' {
  if (clocks < A_QUORUM) return 'theirs';
  if (offsets.length * 2 < clocks) return 'unknown';
  const off = offsets.filter((offset) => offset !== 0).sort((a, b) => a - b);
  const middle = off[Math.floor(off.length / 2)] ?? 0;
  const alike = off.filter((offset) => Math.abs(offset - middle) <= ALIKE_S);
  return alike.length * 2 > offsets.length ? 'ours' : 'theirs';
}

function secondOfDay(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

/** Round the clock. */
function distance(a: number, b: number): number {
  const apart = Math.abs(a - b);
  return Math.min(apart, DAY_S - apart);
}
