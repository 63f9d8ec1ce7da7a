/**
 * Alarms to a fraction of a millisecond. `setTimeout` counts in whole milliseconds and fires up to one early or late: on a
 * line at 9600 baud that is a byte. A thread sleeps until the next deadline and rings; no core is kept busy with waiting.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

export interface Alarms {
  /** Calls `run` once `performance.now()` has reached `at`, never before. */
  at(at: number, run: () => void): void;
  /** The same to about a millisecond, early or late, and much cheaper. */
  around(at: number, run: () => void): void;
}

/** How long the bell takes from thread to thread. It is rung this much earlier, and the rest is waited out. */
const LEAD_MS = 0.2;

interface Alarm {
  readonly at: number;
  readonly run: () => void;
}

export class AlarmClock implements Alarms {
  readonly #shared = new SharedArrayBuffer(16);
  /** What the thread waits on; changes with each new deadline. */
  readonly #turn = new Int32Array(this.#shared, 0, 1);
  /** Nanoseconds of `process.hrtime`. */
  readonly #deadline = new BigInt64Array(this.#shared, 8, 1);
  readonly #worker: Worker;
  #alarms: Alarm[] = [];

  private constructor() {
    // Nothing to ring for until the first alarm is set.
    this.#deadline[0] = 2n ** 62n;
    this.#worker = new Worker(new URL('./alarm-clock.worker.ts', import.meta.url), { workerData: this.#shared });
  }

  /** Resolves when the thread is awake: before that an alarm would be late. */
  static async start(): Promise<AlarmClock> {
    const clock = new AlarmClock();
    await once(clock.#worker, 'message');
    // From now on the lines keep the process alive, not their clock.
    clock.#worker.unref();
    clock.#worker.on('message', () => clock.#ring());
    return clock;
  }

  at(at: number, run: () => void): void {
    // From the end: a new alarm is nearly always the latest.
    let i = this.#alarms.length;
    while (i > 0 && (this.#alarms[i - 1]?.at ?? 0) > at) i--;
    this.#alarms.splice(i, 0, { at, run });
    if (i === 0) this.#arm();
  }

  around(at: number, run: () => void): void {
    setTimeout(run, Math.max(0, at - performance.now())).unref();
  }

  /** What has not rung by now never does. */
  async close(): Promise<void> {
    this.#alarms = [];
    await this.#worker.terminate();
  }

  #ring(): void {
    let next = this.#alarms[0];
    while (next !== undefined && next.at <= performance.now() + LEAD_MS) {
      while (performance.now() < next.at);
      this.#alarms.shift();
      next.run();
      next = this.#alarms[0];
    }
    this.#arm();
  }

  /** Tells the thread the next deadline. */
  #arm(): void {
    const [next] = this.#alarms;
    if (next === undefined) return;
    const leftNs = Math.max(0, Math.ceil((next.at - LEAD_MS - performance.now()) * 1e6));
    Atomics.store(this.#deadline, 0, process.hrtime.bigint() + BigInt(leftNs));
    Atomics.add(this.#turn, 0, 1);
    Atomics.notify(this.#turn, 0);
  }
}
