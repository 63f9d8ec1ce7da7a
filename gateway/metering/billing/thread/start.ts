/** The rest of the process's side of the billing thread. */
import { Worker } from 'node:worker_threads';
import { WriteError } from '../../../store/errors.ts';
import type { DraftAsked, DraftChunk, DraftEnd } from '../draft/ask.ts';
import type { RenderAsked, Rendered } from '../export/ask.ts';
import type { BillingTask, FromBilling } from './protocol.ts';

/** What lives in it is a year of earlier bills; without a limit it would take what it can get. */
const OLD_MB = 160;

/**
 * Drafts: `take` gets the lines in their order, one lot after the other is done with. Rejects with WriteError where the store
 * cannot be read, and with what `take` rejects with. A mistake of the program there rejects as it is.
 */
export async function draftInThread(
  file: string,
  asked: DraftAsked,
  take: (lines: DraftChunk) => Promise<unknown>,
): Promise<DraftEnd> {
  let end: DraftEnd | undefined;
  for await (const message of messagesOf({ file, task: { kind: 'draft', asked } })) {
    if (message.kind === 'lines') await take(message.lines);
    if (message.kind === 'drafted') end = message.end;
  }
  if (!end) throw new Error('the billing thread ended without a draft');
  return end;
}

/** Renders: `take` gets the files one by one, the manifest last. Rejects as `draftInThread`. */
export async function renderInThread(
  file: string,
  asked: RenderAsked,
  take: (rendered: Rendered) => Promise<unknown>,
): Promise<void> {
  for await (const message of messagesOf({ file, task: { kind: 'render', asked } })) {
    if (message.kind === 'rendered') await take(message.file);
  }
}

/** Until the thread has ended. */
async function* messagesOf(workerData: BillingTask): AsyncGenerator<FromBilling> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: OLD_MB },
  });
  const heard = hear(worker);
  try {
    for (;;) {
      const message = await heard.next();
      if (message === null) return;
      if (message.kind === 'failed') throw new WriteError(message.code, message.message);
      yield message;
    }
  } finally {
    await worker.terminate();
  }
}

/** What it says, in order; null once it has ended. Rejects with what it ended by. */
function hear(worker: Worker): { readonly next: () => Promise<FromBilling | null> } {
  const waiting: (FromBilling | Error | null)[] = [];
  let wake = (): void => undefined;
  const put = (message: FromBilling | Error | null): void => {
    waiting.push(message);
    wake();
  };
  worker.on('message', put);
  worker.on('error', (error: unknown) => put(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', () => put(null));
  return {
    next: async () => {
      while (waiting.length === 0) await new Promise<void>((resolve) => (wake = resolve));
      const message = waiting.shift() ?? null;
      if (message instanceof Error) throw message;
      return message;
    },
  };
}
