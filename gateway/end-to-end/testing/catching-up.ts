/** How a consumer that was away gets what it missed: over MQTT, and over HTTP. */
import { until } from '../../testing/programs.ts';
import type { Consumer, CloudEvent } from './consumer.ts';
import { PREFIX } from './site.ts';

type Answer =
  | { readonly kind: 'event'; readonly event: CloudEvent }
  | { readonly kind: 'end'; readonly count: number }
  | { readonly kind: 'gap' | 'start' | 'item' | 'refused' };

interface Page {
  readonly seq: number;
  readonly items: readonly { readonly id: string }[];
  readonly next: number | null;
}

/** `alarm/refresh`: the consumer takes every alarm event after its watermark. Throws where the answer has a gap. */
export async function askForMissed(consumer: Consumer): Promise<void> {
  const answers: Answer[] = [];
  const topic = `${PREFIX}/alarm/refresh/catching-up`;
  const end = consumer.onMessage((message) => {
    if (message.topic === topic) answers.push(JSON.parse(message.payload) as Answer);
  });
  const { epoch, seq } = consumer.watermark;
  const request = { requestId: 'catching-up', fromEpoch: epoch, fromSeq: seq };
  await consumer.client.publishAsync(`${PREFIX}/alarm/refresh`, JSON.stringify(request), { qos: 1 });
  const last = await until(() => answers.find((answer) => answer.kind === 'end'), 'the end of the refresh');
  end();
  const events = answers.flatMap((answer) => (answer.kind === 'event' ? [answer.event] : []));
  if (events.length !== answers.length - 1 || events.length !== last.count)
    throw new Error(`a refresh with a gap: ${answers.map(({ kind }) => kind).join(' ')}`);
  for (const event of events) consumer.takeEvent(event);
}

/** The ids of every event after a watermark, page by page from the API. */
export async function readJournal(
  apiUrl: string,
  from: { readonly epoch: number; readonly seq: number },
): Promise<string[]> {
  const ids: string[] = [];
  for (let after = from.seq; ;) {
    const response = await fetch(`${apiUrl}/api/v1/events?after=${after}&epoch=${from.epoch}&limit=50`);
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    const { seq, items, next } = (await response.json()) as Page;
    ids.push(...items.map(({ id }) => id));
    if (next === null || next === seq) return ids;
    after = next;
  }
}
