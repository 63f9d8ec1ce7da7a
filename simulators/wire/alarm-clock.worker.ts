/** The sleeping thread of alarm-clock.ts. */
import { parentPort, workerData } from 'node:worker_threads';

const shared = workerData as SharedArrayBuffer;
const turn = new Int32Array(shared, 0, 1);
const deadline = new BigInt64Array(shared, 8, 1);

// The first message says that the thread is awake; every other one rings.
parentPort?.postMessage(null);
for (;;) {
  const current = Atomics.load(turn, 0);
  const leftMs = Number(Atomics.load(deadline, 0) - process.hrtime.bigint()) / 1e6;
  if (leftMs > 0) Atomics.wait(turn, 0, current, leftMs);
  else {
    parentPort?.postMessage(null);
    Atomics.wait(turn, 0, current);
  }
}
