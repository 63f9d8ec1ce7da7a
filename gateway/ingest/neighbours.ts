/** Who else hangs on a device's bus, and what they did while it failed. */
import type { Neighbours } from './advice.ts';
import { meanwhile } from './device-state.ts';
import type { DeviceTask } from './device-task.ts';

/** Those that are polled on the same bus. */
export function othersOnBus(task: DeviceTask, tasks: Iterable<DeviceTask>): DeviceTask[] {
  return [...tasks].filter((other) => other !== task && other.bus === task.bus && other.config.enabled);
}

export function neighboursOf(task: DeviceTask, tasks: Iterable<DeviceTask>): Neighbours {
  const others = othersOnBus(task, tasks);
  const did = others.map((other) => meanwhile(other.health, task.health));
  const count = (what: (typeof did)[number]): number => did.filter((each) => each === what).length;
  return { total: others.length, answering: count('answering'), silent: count('silent') };
}
