/** One clock for all processes of a run: the kernel's monotonic one. */

/** Milliseconds with a fraction; comparable between processes of one machine. */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
