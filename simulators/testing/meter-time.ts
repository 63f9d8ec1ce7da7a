/** Times and draughts for tests of meters. */
import type { CommunityTime } from '../metering/community-time.ts';
import type { Drawn } from '../metering/drawn.ts';
import { parseLocal, type LocalMs } from '../metering/local-time.ts';

export function at(text: string): LocalMs {
  const local = parseLocal(text);
  if (local === null) throw new Error(`${text} is no local time`);
  return local;
}

/** It is that time at 0, and time runs as always. */
export function timeFrom(text: string): CommunityTime {
  const start = at(text);
  return { local: (now) => start + now, monotonic: (local) => local - start };
}

/** All of it was drawn at once, at that time. */
export function drawnAt(text: string, amount: number): Drawn {
  const moment = at(text);
  return (local) => [local >= moment ? amount : 0];
}
