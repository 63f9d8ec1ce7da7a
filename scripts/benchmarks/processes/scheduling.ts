/**
 * How the processes of a benchmark are scheduled. Where this user may, those whose figures are times get real-time
 * priority: what else the machine does then takes no time from either side of a wire.
 */
import { spawnSync } from 'node:child_process';

/** `undisturbed`: real-time priority. A number: pinned to that core. */
export type Scheduling = 'ordinary' | 'undisturbed' | number;

/** In turns: first in, first out, a process that waits for a thread of its own may keep that thread from its core for ever. */
const REAL_TIME = ['chrt', '--rr', '10'] as const;

export const mayBeUndisturbed = spawnSync(REAL_TIME[0], [...REAL_TIME.slice(1), 'true']).status === 0;

/** The command and arguments that run `command` so. */
export function scheduled(
  scheduling: Scheduling,
  command: string,
  args: readonly string[],
): readonly [command: string, args: readonly string[]] {
  if (typeof scheduling === 'number') return ['taskset', ['--cpu-list', String(scheduling), command, ...args]];
  if (scheduling === 'ordinary' || !mayBeUndisturbed) return [command, args];
  const [chrt, ...priority] = REAL_TIME;
  return [chrt, [...priority, command, ...args]];
}
