/** The rest of the process's side of the writer: asks for jobs, and hears when they are on the disk. */
import { Worker } from 'node:worker_threads';
import { StoreError, WriteError } from '../errors.ts';
import type { JobName, Jobs } from './jobs.ts';
import type { FromWriter, ToWriter, WriterSettings } from './protocol.ts';

export interface Writer {
  /** At the opening: whether there is room for readings; false on a full disk, where what room there is belongs to alarms. */
  readonly reserved: boolean;
  /** Resolves when the job is on the disk; jobs are done in the order of the calls. Rejects with WriteError: it may succeed later. */
  readonly write: <J extends JobName>(job: J, ...args: Parameters<Jobs[J]>) => Promise<ReturnType<Jobs[J]>>;
  /** Resolves when what was asked before is done and the file is closed. What is asked afterwards is refused. */
  readonly close: () => Promise<void>;
}

/** Batches live for milliseconds: a small nursery is soon swept, and does not grow the process. */
const YOUNG_MB = 6;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: WriteError) => void;
}

/** Starts the thread; rejects with StoreError when the file cannot be used. A mistake of the program there ends the process. */
export async function openWriter(settings: WriterSettings): Promise<Writer> {
  const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: settings, resourceLimits });
  worker.on('error', (error) => {
    throw error;
  });
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const opening = await new Promise<FromWriter>((resolve) => worker.once('message', resolve));
  if (opening.kind === 'refused') {
    await ended;
    throw new StoreError(opening.code, opening.message);
  }
  if (opening.kind !== 'opened') throw new Error(`the writer began with ${opening.kind}`);
  return { reserved: opening.reserved, ...calls(worker, ended) };
}

function calls(worker: Worker, ended: Promise<void>): Pick<Writer, 'write' | 'close'> {
  const say = (message: ToWriter): void => worker.postMessage(message, message.kind === 'job' ? movedBy(message) : []);
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let closed = false;
  worker.on('message', (message: FromWriter) => settle(waiting, message));
  return {
    write: (job, ...args) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(new WriteError('SQLITE_CANTOPEN', 'the store has been closed'));
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        say({ kind: 'job', id: lastId, job, args });
      }),
    close: () => {
      if (!closed) say({ kind: 'close' });
      closed = true;
      return ended;
    },
  };
}

/** The memory that goes with a job instead of a copy of it. */
function movedBy({ job, args }: Extract<ToWriter, { kind: 'job' }>): ArrayBuffer[] {
  if (job !== 'keepExport') return [];
  const [, { bytes }] = args as Parameters<Jobs['keepExport']>;
  return [bytes.buffer];
}

function settle(waiting: Map<number, Waiting>, message: FromWriter): void {
  if (message.kind !== 'done' && message.kind !== 'failed') throw new Error(`the writer said ${message.kind}`);
  const asked = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.kind === 'done') asked?.resolve(message.value as never);
  else asked?.reject(new WriteError(message.code, message.message));
}
