/** Tells everything anew, after the store could not keep what was told: that is not known to anybody. */
import type { DeviceTask } from './device-task.ts';

export interface TellingAgain {
  /** Tells that nothing of a device is known any more. */
  readonly giveUp: (device: string) => void;
  /** Resolves with whether the store has what was told. */
  readonly settled: () => Promise<boolean>;
  /** Whether somebody else has begun anew, or there is nobody to tell any more. */
  readonly isOver: () => boolean;
}

/** Readings: a store that works writes so many in well under a second. */
const MOST_AT_ONCE = 2_000;

/**
 * What is polled tells itself with its next poll. What is offline is told bit by bit: the whole of a large site is more than the store
 * takes at once, and would be told anew for ever. Ends early where the store fails again: then it is called again.
 */
export async function tellAgain(tasks: readonly DeviceTask[], telling: TellingAgain): Promise<void> {
  for (const task of tasks) task.reported.clear();
  let readings = 0;
  for (const task of tasks) {
    if (task.removed || task.state.name !== 'offline') continue;
    telling.giveUp(task.config.id);
    for (const { points } of task.blocks.values()) readings += points.length;
    if (readings < MOST_AT_ONCE) continue;
    readings = 0;
    if (!(await telling.settled()) || telling.isOver()) return;
  }
}
