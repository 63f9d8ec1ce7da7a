/** Listens to the event stream of the HTTP API, and resumes where it broke off. */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { API_PATH } from '../running-gateway.ts';
import { CliError, usageError } from '../exit.ts';
import type { Listener, Source } from './heard.ts';
import { serverSentEvents } from './sse.ts';

const RETRY_MS = 2_000;

const eventAnswer = z.object({
  domain: z.string(),
  type: z.string(),
  source: z.string(),
  at: z.iso.datetime(),
  data: z.record(z.string(), z.unknown()),
});

export function apiSource(base: string): Source {
  const url = URL.parse(`${API_PATH}/events/stream`, base);
  if (!url) throw usageError(`${JSON.stringify(base)} is no address`, '--api http://127.0.0.1:8080');
  return async (listener, signal) => {
    let lastId: string | undefined;
    while (!signal.aborted) {
      try {
        lastId = await listen(url, lastId, listener, signal);
        listener.connection(`${url.origin}: the stream has ended; trying again`, false);
      } catch (error) {
        if (error instanceof CliError) throw error;
        if (!isAborted(error)) listener.connection(`${url.origin}: no gateway answers there; trying again`, false);
      }
      await delay(RETRY_MS, undefined, { signal }).catch(() => undefined);
    }
  };
}

/** Resolves with the place to resume from when the stream ends. */
async function listen(
  url: URL,
  lastId: string | undefined,
  listener: Listener,
  signal: AbortSignal,
): Promise<string | undefined> {
  const headers = lastId === undefined ? {} : { 'last-event-id': lastId };
  const response = await fetch(url, { signal, headers });
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
  if (!response.ok || !isStream || !response.body) {
    throw new CliError(`${url.href} answers ${response.status} and no event stream`, 'is it the address of a gateway?');
  }
  listener.connection(`connected to ${url.origin}`, true);
  let id = lastId;
  try {
    for await (const message of serverSentEvents(overheard(response.body, listener.alive))) {
      id = message.id ?? id;
      if (message.event === 'gap') listener.connection('events are missing here: the gateway no longer has them', true);
      else if (message.event === undefined) hear(message.data, listener);
    }
  } catch {
    // A connection that breaks off: what was heard until then counts.
    signal.throwIfAborted();
  }
  return id;
}

/** A stream without events has its comments: they are signs of life. */
async function* overheard(stream: AsyncIterable<Uint8Array>, alive: () => void): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    alive();
    yield chunk;
  }
}

function hear(text: string, listener: Listener): void {
  const raw: unknown = JSON.parse(text);
  const { data } = eventAnswer.safeParse(raw);
  listener.heard(raw, data ? { ...data, at: Date.parse(data.at) } : null);
}

function isAborted(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
