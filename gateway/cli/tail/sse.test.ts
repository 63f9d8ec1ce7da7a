import { describe, expect, it } from 'vitest';
import { serverSentEvents, type ServerSentEvent } from './sse.ts';

async function eventsIn(...chunks: readonly string[]): Promise<ServerSentEvent[]> {
  const stream = (async function* () {
    for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
  })();
  const events: ServerSentEvent[] = [];
  for await (const event of serverSentEvents(stream)) events.push(event);
  return events;
}

describe('serverSentEvents', () => {
  it('reads ids, names and data', async () => {
    expect(await eventsIn('id: 1:7\ndata: {"a":1}\n\nid: 1:8\nevent: gap\ndata: x\n\n')).toEqual([
      { id: '1:7', event: undefined, data: '{"a":1}' },
      { id: '1:8', event: 'gap', data: 'x' },
    ]);
  });

  it('passes over heartbeats and the reconnection time', async () => {
    expect(await eventsIn('retry: 2000\n\n', ':\n\n', 'data: a\n\n')).toEqual([
      { id: undefined, event: undefined, data: 'a' },
    ]);
  });

  it('puts together what arrives in pieces, and drops what never ends', async () => {
    expect(await eventsIn('id: 1', ':7\nda', 'ta: a\n', '\ndata: b\n')).toEqual([
      { id: '1:7', event: undefined, data: 'a' },
    ]);
  });

  it('joins the lines of one event', async () => {
    expect(await eventsIn('data: a\ndata: b\r\n\r\n')).toMatchObject([{ data: 'a\nb' }]);
  });
});
