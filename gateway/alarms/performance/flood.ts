/**
 * Alarms that come faster than a person can take them in (ISA-18.2, clause 16): a flood begins with more than 10 announcements
 * in 10 minutes, and ends when there were fewer than 5. Pure. Times are Unix milliseconds.
 */

const WINDOW_MS = 600_000;
const MOST = 10;
const CALM_BELOW = 5;

export interface FloodRate {
  /** The newest announcements, oldest first: as many as it takes to decide. */
  readonly newest: readonly number[];
  /** When the flood began; null while there is none. */
  readonly since: number | null;
}

export const CALM: FloodRate = { newest: [], since: null };

/** So many announcements decide. */
export const DECIDING = MOST + 1;

export interface FloodTurn {
  readonly turn: 'began' | 'ended';
  readonly at: number;
}

export interface FloodStep {
  readonly rate: FloodRate;
  readonly turns: readonly FloodTurn[];
}

/** Takes an announcement. */
export function announce(rate: FloodRate, at: number): FloodStep {
  const { rate: before, turns } = passTime(rate, at);
  const newest = [...before.newest, at].slice(-DECIDING);
  const recent = newest.filter((time) => isRecent(time, at));
  if (before.since !== null || recent.length <= MOST) return { rate: { ...before, newest }, turns };
  return { rate: { newest, since: at }, turns: [...turns, { turn: 'began', at }] };
}

/** What time alone does. What a clock that was set back has left in the future is taken for long ago. */
export function passTime(rate: FloodRate, now: number): FloodStep {
  const newest = rate.newest.filter((at) => at <= now);
  const end = calmAt(newest) ?? now;
  if (rate.since === null || end > now) return { rate: { ...rate, newest }, turns: [] };
  return { rate: { newest, since: null }, turns: [{ turn: 'ended', at: end }] };
}

/** When the flood ends if nothing more comes; null while there is none. */
export function endsAt({ newest, since }: FloodRate): number | null {
  return since === null ? null : calmAt(newest);
}

/** What a clock that was set back has left in the future is not. */
export function isRecent(at: number, now: number): boolean {
  return at <= now && now - at < WINDOW_MS;
}

/** When the fifth newest has left the window; null where there are not so many. */
function calmAt(newest: readonly number[]): number | null {
  const fifth = newest.at(-CALM_BELOW);
  return fifth === undefined ? null : fifth + WINDOW_MS;
}
