/** The rest of the process's side of the billing threads. */
import { Worker } from 'node:worker_threads';
import { WriteError } from '../../../store/errors.ts';
import type { DraftAsked, DraftChunk, DraftEnd } from '../draft/ask.ts';
import type { RenderAsked, Rendered } from '../export/ask.ts';
import type { DraftTask, Failed, FromDraft, FromRender, RenderTask } from './protocol.ts';

/** What lives in it is a year of earlier bills; without a limit it would take what it can get. */
const OLD_MB = 160;
/** Lines live until they are told: a small nursery is soon swept, and does not grow the process. */
const YOUNG_MB = 6;

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
  const task: DraftTask = { file, asked };
  for await (const message of messagesOf<FromDraft>('draft', task)) {
    if (message.kind === 'lines') await take(message.lines);
    else end = message.end;
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
  const task: RenderTask = { file, asked };
  for await (const message of messagesOf<FromRender>('render', task)) await take(message.file);
}

/** Until the thread has ended. */
async function* messagesOf<M extends { readonly kind: string }>(
  name: 'draft' | 'render',
  workerData: DraftTask | RenderTask,
): AsyncGenerator<Exclude<M, Failed>> {
  const worker = new Worker(new URL(`./${name}.ts`, import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: OLD_MB, maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const heard = hear<M | Failed>(worker);
  try {
    for (;;) {
      const message = await heard.next();
      if (message === null) return;
      if (isFailed(message)) throw new WriteError(message.code, message.message);
      yield message as Exclude<M, Failed>;
    }
  } finally {
    await worker.terminate();
  }
}

function isFailed(message: { readonly kind: string }): message is Failed {
  return message.kind === 'failed';
}

/** What it says, in order; null once it has ended. Rejects with what it ended by. */
function hear<M>(worker: Worker): { readonly next: () => Promise<M | null> } {
  const waiting: (M | Error | null)[] = [];
  let wake = (): void => undefined;
  const put = (message: M | Error | null): void => {
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
