/** What another process has used, from /proc: it knows nothing of being measured. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { sharedNow } from './time.ts';

export interface Usage {
  /** User and system time of all its threads since its start, in milliseconds; in steps of the kernel's tick, 10 ms. */
  readonly cpuMs: number;
  /** Shared monotonic milliseconds. */
  readonly at: number;
  readonly residentMB: number;
  /** The most that was ever resident, or since `forgetPeak`. */
  readonly peakMB: number;
}

const TICK_MS = 1000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const KB_PER_MB = 1024;

/** See proc(5): fields 14 and 15 of stat, VmRSS and VmHWM of status. */
export function usageOf(pid: number): Usage {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The second field is a name in parentheses that may hold anything; those after it start with the third.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (key: string): number =>
    Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / KB_PER_MB;
  return {
    cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS,
    at: sharedNow(),
    residentMB: megabytes('VmRSS'),
    peakMB: megabytes('VmHWM'),
  };
}

/** From now on the peak is that of what comes. See proc(5): clear_refs. */
export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Share of one core used between two looks. */
export function coresUsed(from: Usage, to: Usage): number {
  return (to.cpuMs - from.cpuMs) / (to.at - from.at);
}
