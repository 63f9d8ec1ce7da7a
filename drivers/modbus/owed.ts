/**
 * On a serial line a reply to a read carries no address and no id: one that comes late looks like the answer to the next
 * read of the same length. What a device may still owe is therefore remembered, and before it is trusted again it is asked
 * something whose answer cannot be mistaken for any of that. Devices answer in order, so when this answer is here, whatever
 * was owed before it has come or never will. Pure.
 */

/** Function and reply length of a read that met silence, and until when (Unix milliseconds) its answer may still come. */
export interface OwedReply {
  readonly fc: number;
  readonly replyLength: number;
  readonly until: number;
}

/** No device that works at all answers later than this. */
export const LATEST_REPLY_MS = 10_000;

/** What is still owed at `now`; nothing that the clock, when it was set back, would have owed for longer. */
export function stillOwed(owed: readonly OwedReply[], now: number): readonly OwedReply[] {
  return owed.length === 0 ? owed : owed.filter(({ until }) => until > now && until <= now + LATEST_REPLY_MS);
}

/**
 * How many items to read at the same address instead of `count`, so that the reply's length differs from all that is owed:
 * the nearest smaller number, otherwise the nearest larger one up to `max`. `step` is 2 where a device reads registers only
 * in pairs. Null when every length is owed.
 */
export function tellingCount(
  owed: readonly OwedReply[],
  fc: number,
  count: number,
  {
    step,
    max,
    lengthOf,
  }: { readonly step: number; readonly max: number; readonly lengthOf: (count: number) => number },
): number | null {
  if (owed.length === 0) return count;
  const taken = new Set(owed.filter((one) => one.fc === fc).map(({ replyLength }) => replyLength));
  if (!taken.has(lengthOf(count))) return count;
  for (let fewer = count - step; fewer >= step; fewer -= step) if (!taken.has(lengthOf(fewer))) return fewer;
  for (let more = count + step; more <= max; more += step) if (!taken.has(lengthOf(more))) return more;
  return null;
}
