/** A consumer written with plain MQTT.js that never gives up: one session, QoS 1, everything of a site. */
import { connect, type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';

export interface Message {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

/** An event as it came. */
export interface CloudEvent {
  readonly id: string;
  readonly epoch: number;
  readonly seq: number;
  readonly backlog?: true;
}

const RECONNECT_MS = 40;
const COMMIT_MS = 50;

export class Consumer {
  readonly client: MqttClient;
  readonly #prefix: string;
  readonly #listeners = new Set<(message: Message) => void>();
  /** By id: each content with which it came, without the mark of a backlog. */
  readonly #contents = new Map<string, Set<string>>();
  readonly #seqs = new Set<number>();
  #epoch = 0;
  #through = 0;
  #subscribedAt: number | null = null;

  constructor(url: string, prefix: string) {
    this.#prefix = prefix;
    const session = { clientId: 'office', clean: false, resubscribe: false, protocolVersion: 4 } as const;
    this.client = connect(url, { ...session, reconnectPeriod: RECONNECT_MS });
    this.client.on('connect', () => {
      this.client.subscribe(`${prefix}/#`, { qos: 1 }, (error) => {
        if (!error) this.#subscribedAt = Date.now();
      });
    });
    this.client.on('close', () => (this.#subscribedAt = null));
    // The broker of a gateway that is being killed comes and goes.
    this.client.on('error', () => undefined);
    this.client.on('message', (topic, payload, { retain }) => {
      this.#take({ topic, payload: payload.toString(), retain });
    });
    onTestFinished(() => void this.client.end(true));
  }

  /** Since when the broker has known of its subscription, in Unix milliseconds; null while it does not. */
  get subscribedAt(): number | null {
    return this.#subscribedAt;
  }

  /** Every event that came: its id, and what it was; more than one content is a defect of the gateway. */
  get contents(): ReadonlyMap<string, ReadonlySet<string>> {
    return this.#contents;
  }

  has(seq: number): boolean {
    return this.#seqs.has(seq);
  }

  /** The epoch, and the seq through which it has everything. */
  get watermark(): { readonly epoch: number; readonly seq: number } {
    return { epoch: this.#epoch, seq: this.#through };
  }

  /** From now on it says what it has, as `ack: watermark` asks for. */
  commitWatermarks(): void {
    let said = -1;
    this.client.on('connect', () => (said = -1));
    const timer = setInterval(() => {
      if (!this.client.connected || said === this.#through) return;
      said = this.#through;
      this.client.publish(`${this.#prefix}/feed/watermark/office`, JSON.stringify(this.watermark), { qos: 1 });
    }, COMMIT_MS);
    onTestFinished(() => clearInterval(timer));
  }

  /** Returns what ends it. */
  onMessage(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes an event that came another way, such as in the answer to a refresh. */
  takeEvent(event: CloudEvent): void {
    const content = { ...event, backlog: undefined };
    const contents = this.#contents.get(event.id) ?? new Set();
    this.#contents.set(event.id, contents.add(JSON.stringify(content)));
    this.#seqs.add(event.seq);
    this.#epoch = event.epoch;
    while (this.#seqs.has(this.#through + 1)) this.#through += 1;
  }

  #take(message: Message): void {
    const path = message.topic.slice(this.#prefix.length + 1);
    if (path === 'alarm/event' || path.startsWith('event/')) this.takeEvent(JSON.parse(message.payload) as CloudEvent);
    for (const listener of this.#listeners) listener(message);
  }
}
