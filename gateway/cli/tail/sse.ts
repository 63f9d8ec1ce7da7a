/** Server-sent events (WHATWG HTML 9.2.6), as far as the API's stream uses them. */

export interface ServerSentEvent {
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string;
}

/** Splits a stream of text into events; comments and the reconnection time are passed over. */
export async function* serverSentEvents(stream: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of stream) {
    rest += decoder.decode(chunk, { stream: true });
    const blocks = rest.split(/\r?\n\r?\n/);
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const event = parseBlock(block);
      if (event) yield event;
    }
  }
}

function parseBlock(block: string): ServerSentEvent | null {
  const fields = block.split(/\r?\n/).map((line) => /^([^:]+):? ?(.*)$/.exec(line));
  const all = (name: string): string[] => fields.flatMap((field) => (field?.[1] === name ? [field[2] ?? ''] : []));
  const data = all('data');
  return data.length === 0 ? null : { id: all('id').at(-1), event: all('event').at(-1), data: data.join('\n') };
}
