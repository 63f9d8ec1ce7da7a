/** A consumer of the alarm feed over MQTT: when it was told of each raise, and how long a refresh takes. */
import mqtt from 'mqtt';
import { sharedNow } from '../measure/time.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

export interface AlarmConsumerProgram extends Protocol {
  readonly settings: { readonly mqttUrl: string };
  readonly ready: null;
  /** `refresh`: everything that is not normal, asked for as by somebody who knows nothing. */
  readonly question: 'raises' | 'refresh';
  readonly answer: AlarmConsumerReport;
}

export interface AlarmConsumerReport {
  /** By alarm: when each of its raises came; shared monotonic milliseconds. */
  readonly raises?: Readonly<Record<string, readonly number[]>>;
  readonly events?: number;
  /** Of a refresh. */
  readonly tookMs?: number;
  readonly items?: number;
}

const ROOT = 'community/bench/alarm';
const EVENTS = `${ROOT}/event`;
/** The broker may not be there yet, or not again. */
const RETRY_MS = 5;

interface Part {
  readonly kind: string;
  readonly count?: number;
}

await serve<AlarmConsumerProgram>(({ mqttUrl }) => {
  const client = mqtt.connect(mqttUrl, { reconnectPeriod: RETRY_MS, protocolVersion: 4 });
  const raises: Record<string, number[]> = {};
  let events = 0;
  let onPart: (part: Part) => void = () => undefined;
  client.on('error', () => undefined);
  client.on('connect', () => void client.subscribeAsync([EVENTS, `${ROOT}/refresh/bench`], { qos: 0 }));
  client.on('message', (topic, payload) => {
    if (topic !== EVENTS) return onPart(JSON.parse(payload.toString()) as Part);
    const { data } = JSON.parse(payload.toString()) as {
      readonly data: { readonly type: string; readonly alarm: string };
    };
    events += 1;
    if (data.type === 'raise' || data.type === 'raiseAgain') (raises[data.alarm] ??= []).push(sharedNow());
  });
  const refresh = async (): Promise<AlarmConsumerReport> => {
    const from = performance.now();
    let items = 0;
    const ended = new Promise<void>((resolve) => {
      onPart = ({ kind }) => {
        if (kind === 'item') items += 1;
        if (kind === 'end') resolve();
      };
    });
    await client.publishAsync(`${ROOT}/refresh`, JSON.stringify({ requestId: 'bench', fromEpoch: 0, fromSeq: 0 }));
    await ended;
    return { tookMs: performance.now() - from, items };
  };
  const answer = async (question: AlarmConsumerProgram['question']): Promise<AlarmConsumerReport> =>
    question === 'refresh' ? refresh() : { raises, events };
  return Promise.resolve({ ready: null, answer });
});
