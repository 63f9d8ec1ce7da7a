/** A consumer of the feed: counts point messages, tells when the first one came, and keeps what contacts did. */
import mqtt from 'mqtt';
import { sharedNow } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

interface SubscriberReport {
  /** When the first good value came; shared monotonic milliseconds. */
  readonly firstAt?: number;
  /** Point messages so far. */
  readonly count?: number;
  readonly pulses?: readonly Pulse[];
}

/** A press that a module has counted, as the feed tells it once it is on the disk. */
export interface Pulse {
  readonly device: string;
  readonly channel: number;
  /** When it came; shared monotonic milliseconds. */
  readonly at: number;
}

export interface SubscriberProgram extends Protocol {
  readonly settings: { readonly mqttUrl: string };
  readonly ready: null;
  /** `first`: answered when a good value has come; the others at once. */
  readonly question: 'first' | 'count' | 'pulses';
  readonly answer: SubscriberReport;
}

const POINTS = 'community/bench/point/#';
const PULSES = 'community/bench/event/input/pulse';
/** The broker may not be there yet. */
const RETRY_MS = 5;

await serve<SubscriberProgram>(({ mqttUrl }) => {
  const client = mqtt.connect(mqttUrl, { reconnectPeriod: RETRY_MS, protocolVersion: 4 });
  const { promise: first, resolve } = Promise.withResolvers<number>();
  const pulses: Pulse[] = [];
  let count = 0;
  client.on('error', () => undefined);
  client.on('connect', () => void client.subscribeAsync([POINTS, PULSES], { qos: 0 }));
  client.on('message', (topic, payload) => {
    if (topic === PULSES) {
      pulses.push(readPulse(payload.toString()));
      return;
    }
    count += 1;
    if (payload.includes('"quality":"good"')) resolve(sharedNow());
  });
  const answer = async (question: SubscriberProgram['question']): Promise<SubscriberReport> => {
    switch (question) {
      case 'first':
        return { firstAt: await first };
      case 'count':
        return { count };
      case 'pulses':
        return { pulses };
    }
  };
  return Promise.resolve({ ready: null, answer });
});

function readPulse(payload: string): Pulse {
  const event = JSON.parse(payload) as { readonly source: string; readonly data: { readonly channel: number } };
  return { device: event.source.split('/').at(-1) ?? '', channel: event.data.channel, at: sharedNow() };
}
