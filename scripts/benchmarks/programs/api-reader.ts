/** Asks the API of a running gateway for something small, again and again, and notes how long each answer took. */
import { sharedNow, sleep } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

export interface ApiReaderProgram extends Protocol {
  readonly settings: { readonly urls: readonly string[]; readonly everyMs: number };
  readonly ready: null;
  readonly question: null;
  /** Milliseconds of the answers since the last question. */
  readonly answer: readonly number[];
}

await serve<ApiReaderProgram>(({ urls, everyMs }) => {
  let waits: number[] = [];
  let isOver = false;
  const once = async (url: string): Promise<void> => {
    const from = sharedNow();
    const answer = await fetch(url);
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
    waits.push(sharedNow() - from);
  };
  const all = async (): Promise<void> => {
    for (let n = 0; !isOver; n++) {
      await once(urls[n % urls.length] ?? '');
      await sleep(everyMs);
    }
  };
  const asking = all();
  return Promise.resolve({
    ready: null,
    answer: () => {
      const since = waits;
      waits = [];
      return since;
    },
    close: () => {
      isOver = true;
      return asking;
    },
  });
});
