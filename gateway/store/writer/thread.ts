/**
 * The thread of the one writer. A commit waits for the disk; here it holds up nobody who waits for a wire. Jobs are done in the
 * order in which they were asked. What is neither a matter of room nor of the disk is a mistake of the program, and ends it.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { mayPass, sqliteCodeOf, StoreError } from '../errors.ts';
import { lockStore } from '../lock.ts';
import { orExplain } from '../open.ts';
import { createJobs, type Jobs } from './jobs.ts';
import type { FromWriter, ToWriter, WriterSettings } from './protocol.ts';
import { openWithReserve } from './reserve.ts';

type AnyJob = (...args: Parameters<Jobs[keyof Jobs]>) => ReturnType<Jobs[keyof Jobs]>;

if (!parentPort) throw new Error('the writer is a thread of the gateway');
open(parentPort, workerData as WriterSettings);

function open(port: MessagePort, settings: WriterSettings): void {
  const say = (message: FromWriter): void => port.postMessage(message);
  try {
    const unlock = lockStore(settings.file);
    const { db, reserved } = openWithReserve(settings);
    const jobs = orExplain(settings.file, () => createJobs(db, settings)) as Record<string, AnyJob>;
    port.on('message', (message: ToWriter) => {
      if (message.kind === 'job') return say(carryOut(jobs, message));
      db.close();
      unlock();
      port.close();
    });
    say({ kind: 'opened', reserved });
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    say({ kind: 'refused', code: error.code, message: error.message });
  }
}

function carryOut(jobs: Record<string, AnyJob>, { id, job, args }: Extract<ToWriter, { kind: 'job' }>): FromWriter {
  const work = jobs[job];
  if (!work) throw new Error(`the writer has no job ${job}`);
  try {
    return { kind: 'done', id, value: work(...args) };
  } catch (error) {
    if (!mayPass(error)) throw error;
    return { kind: 'failed', id, code: sqliteCodeOf(error), message: (error as Error).message };
  }
}
