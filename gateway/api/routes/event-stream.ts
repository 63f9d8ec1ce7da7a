import type { OutgoingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { EventStream } from '../feed/event-stream.ts';
import { newestSeq, oldestSeq } from '../feed/journal.ts';
import { errors, type Api } from '../schema/zod-routes.ts';

const MAX_STREAMS = 32;
/** Also what EventSource waits before it comes back. */
const RETRY_MS = 2_000;

const PLACE = /^(\d{1,16}):(\d{1,16})$/;
const place = z.string().regex(PLACE, 'an id of this stream is epoch:seq');

export function eventStreamRoute(api: Api, deps: ApiDeps, heartbeatMs: number): void {
  const open = new Set<EventStream>();
  const unsubscribe = deps.onEvents(() => {
    for (const stream of open) stream.wake();
  });
  api.addHook('preClose', (done) => {
    unsubscribe();
    for (const stream of open) stream.end();
    done();
  });

  api.get(
    '/events/stream',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['feed'],
        summary: 'Events as they happen: server-sent events with the ids epoch:seq',
        description:
          'Begins with an event `start`, or with `gap` where it cannot resume without one; both have the place in their data.',
        headers: z.looseObject({ 'last-event-id': place.optional().describe('Resumes after this event') }),
        querystring: z.strictObject({
          lastEventId: place.optional().describe('The same, for a first connection from a snapshot'),
        }),
        produces: ['text/event-stream'],
        response: { 200: z.string(), ...errors('tooManyStreams') },
      },
    },
    (request, reply) => {
      if (open.size >= MAX_STREAMS) throw new ApiError('tooManyStreams');
      reply.hijack();
      const { raw } = reply;
      reply.header('content-type', 'text/event-stream').header('x-accel-buffering', 'no');
      raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders);
      raw.write(`retry: ${RETRY_MS}\n\n`);
      const { events: journal, epoch } = deps.store;
      const from = startOf(deps, request.headers['last-event-id'] ?? request.query.lastEventId);
      const stream = new EventStream(raw, { journal, epoch, after: from.after, heartbeatMs });
      open.add(stream);
      raw.on('close', () => open.delete(stream));
      if (from.contiguous) stream.announce();
      else stream.announceGap(from.after + 1);
      stream.wake();
    },
  );
}

/** Where a client begins that has `id`; a hole right after it is found when the first rows are read. */
function startOf({ store: { events, epoch } }: ApiDeps, id: string | undefined) {
  const newest = newestSeq(events);
  const [, ofEpoch, seq] = PLACE.exec(id ?? '') ?? [];
  if (seq === undefined) return { after: newest, contiguous: true };
  const after = Number(seq);
  if (Number(ofEpoch) === epoch && after <= newest) return { after, contiguous: true };
  return { after: oldestSeq(events) - 1, contiguous: false };
}
