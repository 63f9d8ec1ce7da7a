/**
 * A site's own broker: MQTT.js, one client per connection. The client is thrown away when its connection ends, and
 * with it whatever it still held: the outbox, not the client, knows what has to be sent again. MQTT 3.1.1, which every
 * broker speaks.
 */
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect, type IClientOptions, type IPublishPacket, type MqttClient } from 'mqtt';
import type { Clock } from '../clock.ts';
import { reconnectDelay } from './backoff.ts';
import { connectionWords } from './connection-words.ts';
import { MAX_PACKET_BYTES } from './guards/guarded-stream.ts';
import { PacketTrimmer } from './guards/packet-trimmer.ts';
import { PublishError, type Inbound, type Message, type Publisher } from './publisher.ts';
import { isPublishable, type Topics } from './topics.ts';

const CONNECT_TIMEOUT_MS = 10_000;
/** Seconds. A dead broker is noticed within one and a half times this. */
const KEEPALIVE_S = 15;
const GOODBYE_MS = 1_000;
/** A connection that lasts this long was a good one: the next attempt is soon again. */
const GOOD_CONNECTION_MS = 5_000;

export interface Secrets {
  readonly password?: string | undefined;
  /** PEM of the authority that signed the broker's certificate; without it, those that Node trusts. */
  readonly ca?: string | undefined;
}

export interface ExternalSettings {
  readonly topics: Topics;
  /** mqtt:// or mqtts:// */
  readonly url: string;
  readonly clientId: string;
  readonly clock: Clock;
  readonly username?: string | undefined;
  /** Asked for at each connection: whoever corrects a password expects it to be tried. */
  readonly secrets?: (() => Secrets) | undefined;
  /** What the broker says of us when we vanish. Asked for at each connection. */
  readonly will: () => Message;
  /** Told when a connection fails or ends, in words. */
  readonly onTrouble?: (reason: string) => void;
}

export class ExternalBroker implements Publisher {
  /** Live figures. `failures`: connections that failed or ended. */
  readonly counters = { connects: 0, failures: 0 };
  /** What was not read, by reason: live figures. */
  readonly refusals = { oversize: 0 };
  readonly #settings: ExternalSettings;
  readonly #connectListeners: (() => void)[] = [];
  readonly #messageListeners: ((message: Inbound) => void)[] = [];
  readonly #pending = new Set<(error: PublishError) => void>();
  #client: MqttClient | null = null;
  #online = false;
  #attempt = 0;
  #connectedAt = 0;
  #closed = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(settings: ExternalSettings) {
    this.#settings = settings;
  }

  onConnect(listener: () => void): void {
    this.#connectListeners.push(listener);
  }

  onMessage(listener: (message: Inbound) => void): void {
    this.#messageListeners.push(listener);
  }

  /** Begins to connect, and goes on for ever. */
  start(): Promise<void> {
    this.#connect();
    return Promise.resolve();
  }

  online(): boolean {
    return this.#online;
  }

  publish({ topic, payload, retain, qos }: Message): Promise<void> {
    const client = this.#client;
    if (!isPublishable(topic)) return Promise.reject(new PublishError('refused', `no topic: ${topic}`));
    if (!client || !this.#online) return Promise.reject(new PublishError('offline', 'no connection to the broker'));
    return new Promise((resolve, reject) => {
      const lost = (error: PublishError) => {
        this.#pending.delete(lost);
        reject(error);
      };
      this.#pending.add(lost);
      client.publish(topic, payload, { qos, retain }, (error) => {
        if (!this.#pending.delete(lost)) return;
        // MQTT 3.1.1 has no negative PUBACK: whatever went wrong, it was not this message.
        if (error) reject(new PublishError('offline', error.message));
        else resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const client = this.#client;
    if (!client) return;
    // A clean DISCONNECT keeps the broker from publishing our will. One that still owes PUBACKs is not waited for long.
    if (this.#online) await Promise.race([client.endAsync(), sleep(GOODBYE_MS, undefined, { ref: false })]);
    client.stream.destroy();
    this.#ended(client, 'closed');
  }

  #connect(): void {
    const client = connect(this.#settings.url, this.#options());
    this.#client = client;
    trimmed(client.stream, () => (this.refusals.oversize += 1));
    // Offline before MQTT.js tells each publish of it: nothing may be sent into a connection that is ending.
    client.on('error', (error) => this.#ended(client, connectionWords(error, this.#settings.url)));
    client.on('close', () => this.#ended(client, 'the broker closed the connection'));
    client.on('message', (topic, payload, packet) => this.#received(topic, payload, packet));
    client.on('connect', () => {
      if (client.stream instanceof Socket) client.stream.setNoDelay(true);
      client.subscribe([...this.#settings.topics.inboundFilters], { qos: 1 }, (error) => {
        if (error) this.#settings.onTrouble?.(`commands over MQTT will not arrive: ${error.message}`);
        // A broker that takes no commands for us must still get the alarms.
        if (this.#client === client && client.connected) this.#connected();
      });
    });
  }

  #options(): IClientOptions {
    const { clientId, username, secrets, will } = this.#settings;
    const { password, ca } = secrets?.() ?? {};
    const { topic, payload, retain, qos } = will();
    return {
      clientId,
      ...(username === undefined ? {} : { username }),
      ...(password === undefined ? {} : { password }),
      ...(ca === undefined ? {} : { ca }),
      clean: true,
      keepalive: KEEPALIVE_S,
      connectTimeout: CONNECT_TIMEOUT_MS,
      protocolVersion: 4,
      reconnectPeriod: 0,
      resubscribe: false,
      will: { topic, payload: Buffer.from(payload), retain, qos },
    };
  }

  #connected(): void {
    this.#connectedAt = this.#settings.clock.monotonic();
    this.#online = true;
    this.counters.connects += 1;
    for (const listener of this.#connectListeners) listener();
  }

  #ended(client: MqttClient, reason: string): void {
    if (this.#client !== client) return;
    if (this.#online && this.#settings.clock.monotonic() - this.#connectedAt > GOOD_CONNECTION_MS) this.#attempt = 0;
    this.#client = null;
    this.#online = false;
    const error = new PublishError('offline', reason);
    for (const lost of [...this.#pending]) lost(error);
    client.end(true);
    if (this.#closed) return;
    this.counters.failures += 1;
    this.#settings.onTrouble?.(reason);
    this.#retry = setTimeout(() => this.#connect(), reconnectDelay(this.#attempt, Math.random()));
    this.#attempt += 1;
  }

  #received(topic: string, payload: Buffer, { retain }: IPublishPacket): void {
    const message: Inbound = { topic, payload, retained: retain, by: 'mqtt' };
    for (const listener of this.#messageListeners) listener(message);
  }
}

/** From now on takes out of what comes in over `stream` the payload of messages that nobody means for us; `onCut` is called for each. */
function trimmed(stream: Pick<Duplex, 'push' | 'destroy'>, onCut: () => void): void {
  const trimmer = new PacketTrimmer(MAX_PACKET_BYTES);
  const push = stream.push.bind(stream);
  stream.push = (chunk: Buffer | null) => {
    if (chunk === null) return push(null);
    const before = trimmer.cut;
    const kept = trimmer.trim(chunk);
    for (let cut = before; cut < trimmer.cut; cut++) onCut();
    if (kept === null) stream.destroy(new Error('the broker sends a packet that none may be so long'));
    return kept === null || kept.length === 0 || push(kept);
  };
}
