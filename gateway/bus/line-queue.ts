/** The order in which a line serves its exchanges: by priority, first come first served within one, and nothing starves. */
import type { Priority } from '../../drivers/contract.ts';

const ORDER: readonly Priority[] = ['command', 'alarm', 'ordinary'];

/** After this many in a row of one lane, one exchange of the lanes below goes first if any waits. */
const LONGEST_RUN: Readonly<Record<Priority, number>> = { command: 8, alarm: 4, ordinary: Infinity };

export class LineQueue<T> {
  readonly #lanes: Record<Priority, T[]> = { command: [], alarm: [], ordinary: [] };
  readonly #run: Record<Priority, number> = { command: 0, alarm: 0, ordinary: 0 };
  readonly #capacity: number;

  /** `capacity`: the most that may wait in one lane. */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#lanes.command.length + this.#lanes.alarm.length + this.#lanes.ordinary.length;
  }

  /** False when the lane is full: the caller says so to whoever asked. */
  push(priority: Priority, item: T): boolean {
    const lane = this.#lanes[priority];
    if (lane.length >= this.#capacity) return false;
    lane.push(item);
    return true;
  }

  /** The item whose turn it is. */
  next(): T | undefined {
    let waiting = this.size;
    for (const priority of ORDER) {
      const lane = this.#lanes[priority];
      waiting -= lane.length;
      if (lane.length === 0 || (waiting > 0 && this.#run[priority] >= LONGEST_RUN[priority])) {
        this.#run[priority] = 0;
        continue;
      }
      this.#run[priority] += 1;
      return lane.shift();
    }
    return undefined;
  }

  /** Empties the queue and returns what waited, most urgent first. */
  clear(): T[] {
    return ORDER.flatMap((priority) => this.#lanes[priority].splice(0));
  }
}
