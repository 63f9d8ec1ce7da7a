/** What it costs to have 4 KB on the disk for certain: the part of a commit that no program can save. */
import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { sharedNow, sleep } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

export interface DiskProbeProgram extends Protocol {
  readonly settings: { readonly file: string };
  readonly ready: null;
  readonly question: null;
  /** Milliseconds of each write. */
  readonly answer: readonly number[];
}

const PAGE = Buffer.alloc(4096, 1);
const PAGES = 200;
const WRITES = 300;
const EVERY_MS = 20;

await serve<DiskProbeProgram>(({ file }) => {
  const answer = async (): Promise<number[]> => {
    const handle = openSync(file, 'w');
    const times: number[] = [];
    for (let i = 0; i < WRITES; i++) {
      const from = sharedNow();
      writeSync(handle, PAGE, 0, PAGE.length, (i % PAGES) * PAGE.length);
      fdatasyncSync(handle);
      times.push(sharedNow() - from);
      await sleep(EVERY_MS);
    }
    closeSync(handle);
    return times;
  };
  return Promise.resolve({ ready: null, answer });
});
