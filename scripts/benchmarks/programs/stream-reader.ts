/** A console: hears over the event stream of the API what contacts did. */
import { serverSentEvents } from '../../../gateway/cli/tail/sse.ts';
import { sharedNow } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';
import type { Pulse } from './subscriber.ts';

export interface StreamReaderProgram extends Protocol {
  readonly settings: { readonly apiUrl: string };
  /** Once the stream has begun. */
  readonly ready: null;
  readonly question: null;
  readonly answer: readonly Pulse[];
}

interface StreamedEvent {
  readonly domain: string;
  readonly source: string;
  readonly data: { readonly channel: number };
}

await serve<StreamReaderProgram>(async ({ apiUrl }) => {
  const { body } = await fetch(`${apiUrl}/events/stream`);
  if (!body) throw new Error('the API has no event stream');
  const pulses: Pulse[] = [];
  void (async () => {
    for await (const { data } of serverSentEvents(body)) {
      const event = JSON.parse(data) as StreamedEvent;
      if (event.domain === 'input') pulses.push({ device: event.source, channel: event.data.channel, at: sharedNow() });
    }
  })();
  return { ready: null, answer: () => Promise.resolve(pulses) };
});
