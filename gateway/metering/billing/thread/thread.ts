/**
 * The thread that drafts and renders: seconds of work that nobody who waits for a wire or for the API may feel. It reads what is
 * committed, all of it as of one moment; readings that arrive meanwhile are for the next draft.
 */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { mayPass, sqliteCodeOf } from '../../../store/errors.ts';
import { openForReading } from '../../../store/open.ts';
import { readTables } from '../../../store/tables/index.ts';
import { draftRun } from '../draft/draft-run.ts';
import type { DraftAsked } from '../draft/ask.ts';
import { renderAll } from '../export/render.ts';
import type { BillingTask, FromBilling } from './protocol.ts';

/** A transaction of so many lines takes some milliseconds; alarms are committed between two of them. */
const LINES_PER_CHUNK = 250;

type Tables = ReturnType<typeof readTables>;

if (!parentPort) throw new Error('billing is done in a thread of the gateway');
await work(parentPort, workerData as BillingTask);

async function work(port: MessagePort, { file, task }: BillingTask): Promise<void> {
  const say = (message: FromBilling): void => port.postMessage(message);
  try {
    const db = openForReading(file);
    const tables = readTables(db, '');
    // One transaction: all of it is of one moment.
    db.exec('BEGIN');
    if (task.kind === 'draft') draft(tables, task.asked, say);
    else await renderAll(tables, task.asked, (file) => handOver(port, { kind: 'rendered', file }));
    db.exec('COMMIT');
    db.close();
    if (task.kind === 'render') say({ kind: 'renderedAll' });
  } catch (error) {
    if (!mayPass(error)) throw error;
    say({ kind: 'failed', code: sqliteCodeOf(error), message: (error as Error).message });
  }
}

/** Megabytes change hands without being copied, where they are alone in their memory. */
function handOver(port: MessagePort, message: Extract<FromBilling, { kind: 'rendered' }>): void {
  const { buffer, byteLength } = message.file.bytes;
  const isAlone = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  port.postMessage(message, isAlone ? [buffer] : []);
}

function draft(tables: Tables, asked: DraftAsked, say: (message: FromBilling) => void): void {
  const lines = draftRun(tables, asked);
  for (;;) {
    const chunk = [];
    let step = lines.next();
    for (; step.done !== true; step = lines.next()) {
      chunk.push(step.value);
      if (chunk.length >= LINES_PER_CHUNK) break;
    }
    if (chunk.length > 0) say({ kind: 'lines', lines: chunk });
    if (step.done === true) return say({ kind: 'drafted', end: step.value });
  }
}
