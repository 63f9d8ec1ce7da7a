/** A recorder on a real file, with everything that it tells, and its store held up as a disk would hold it up. */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { Recorder, type Committed } from '../record.ts';
import type { Store } from '../store.ts';
import type { JobName, Jobs } from '../writer/jobs.ts';
import { NOW, openTestStore, readings, storeFile } from './fixtures.ts';

export interface RecordingOptions {
  readonly maxMegabytes?: number;
  /** What every write takes besides its own time: a slow disk. */
  readonly writeMs?: number;
}

export async function startRecording({ maxMegabytes = 64, writeMs = 0 }: RecordingOptions = {}) {
  const file = storeFile();
  const store = await openTestStore(file, { maxMegabytes });
  onTestFinished(() => store.close());
  const commits: Committed[] = [];
  const troubles: (string | null)[] = [];
  const time = { monotonic: 0 };
  const recorder = new Recorder({
    store: writeMs > 0 ? slowed(store, writeMs) : store,
    clock: { now: () => NOW, monotonic: () => time.monotonic },
    onCommitted: (committed) => commits.push(committed),
    onTrouble: (reason) => troubles.push(reason),
  });
  onTestFinished(async () => {
    await recorder.close();
  });
  return { file, store, recorder, commits, troubles, time };
}

/** Another program that has the file: writes wait, and fail after 5 s. Returns what lets it go. */
export function lockOut(file: string): () => void {
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  onTestFinished(() => {
    other.close();
  });
  return () => other.exec('ROLLBACK');
}

/** Fills the store to its cap with history. */
export async function fill(recorder: Recorder, troubles: readonly unknown[]): Promise<void> {
  const text = 'x'.repeat(2_000);
  for (let i = 0; troubles.length === 0 && i < 50_000; i++) {
    recorder.record({ device: 'filler', readings: readings('filler', { p: `${i}${text}` }, NOW + i).readings ?? [] });
    if (i % 200 === 199) await recorder.flush();
  }
}

function slowed(store: Store, ms: number): Store {
  const write = async <J extends JobName>(job: J, ...args: Parameters<Jobs[J]>): Promise<ReturnType<Jobs[J]>> => {
    await sleep(ms);
    return store.write(job, ...args);
  };
  return { ...store, write };
}
