/** The thread that drafts: seconds of work that nobody who waits for a wire or for the API may feel. */
import { parentPort, workerData } from 'node:worker_threads';
import type { NewBillingLine } from '../../../store/rows.ts';
import { draftRun } from '../draft/draft-run.ts';
import type { DraftTask, FromDraft } from './protocol.ts';
import { readStore, type Tables } from './read-store.ts';

/** A transaction of so many lines takes some milliseconds; alarms are committed between two of them. */
const LINES_PER_CHUNK = 250;

const port = parentPort;
if (!port) throw new Error('billing is done in a thread of the gateway');
const { file, asked } = workerData as DraftTask;
const say = (message: FromDraft): void => port.postMessage(message);
const failed = readStore(file, draft);
if (failed) say(failed);

function draft(tables: Tables): void {
  const lines = draftRun(tables, asked);
  for (;;) {
    const chunk: NewBillingLine[] = [];
    let step = lines.next();
    for (; step.done !== true; step = lines.next()) {
      chunk.push(step.value);
      if (chunk.length >= LINES_PER_CHUNK) break;
    }
    if (chunk.length > 0) say({ kind: 'lines', lines: chunk });
    if (step.done === true) return say({ kind: 'drafted', end: step.value });
  }
}
