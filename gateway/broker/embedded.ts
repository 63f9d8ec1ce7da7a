/** The broker inside the gateway: aedes behind its guards. MQTT 3.1.1, over TCP and over WebSocket. */
import { Aedes, type Client, type PublishPacket } from 'aedes';
import { writeToStream } from 'mqtt-packet';
import type { Clock } from '../clock.ts';
import { setDeliveryClass } from './delivery-class.ts';
import { ANONYMOUS } from './guards/acl.ts';
import { Authenticator, type User } from './guards/authenticate.ts';
import { ClientRules } from './guards/client-rules.ts';
import type { ConnectionLimits } from './guards/connection-cap.ts';
import { GuardedStream, GuardError } from './guards/guarded-stream.ts';
import { refusalOf } from './guards/protocol-errors.ts';
import { createRefusals } from './guards/refusals.ts';
import { Listeners } from './listeners.ts';
import { PublishError, type Inbound, type Message, type Publisher } from './publisher.ts';
import { isPublishable, MAX_TOPIC_LEVELS, type Topics } from './topics.ts';

const LIMITS: ConnectionLimits = { perAddress: 64, total: 256 };
const LOOPBACK = '127.0.0.1';
const AEDES = {
  connectTimeout: 5_000,
  /** Second line behind the guarded stream, which never blocks: a subscriber that does would starve all others. */
  drainTimeout: 3_000,
  maxTopicLevels: MAX_TOPIC_LEVELS,
  /** Half-open QoS 2 messages of a client: each may be as long as a packet. */
  maxInflightInbound: 100,
  /** MQTT 3.1 allows 23 characters; ours are longer by the name of their owner. */
  maxClientsIdLength: 1_024,
};
// With its first packet the library would make a buffer for each number there is: 11 MB that stay.
writeToStream.cacheNumbers = false;

/** MQTT 3.1.1, 3.2.2.3. */
const BAD_USER_NAME_OR_PASSWORD = 4;

export interface EmbeddedSettings {
  readonly topics: Topics;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** MQTT over WebSocket; undefined: none. */
  readonly wsPort?: number | undefined;
  /** Empty: bound to loopback, and open to whoever is on the box. */
  readonly users: readonly User[];
  readonly clock: Clock;
  readonly limits?: ConnectionLimits;
}

export class EmbeddedBroker implements Publisher {
  /** What was refused, by reason: live figures. */
  readonly refusals = createRefusals();
  readonly #settings: EmbeddedSettings;
  readonly #aedes: Aedes;
  readonly #rules: ClientRules;
  readonly #authenticator: Authenticator;
  readonly #listeners: Listeners;
  readonly #connectListeners: (() => void)[] = [];
  readonly #messageListeners: ((message: Inbound) => void)[] = [];
  #online = false;

  /** Throws where a user's password is not a hash. */
  constructor(settings: EmbeddedSettings) {
    const { topics, users, clock, limits = LIMITS, port, wsPort } = settings;
    this.#settings = settings;
    this.#rules = new ClientRules(topics, this.refusals);
    this.#authenticator = new Authenticator(users, clock);
    this.#aedes = this.#createAedes(users.length === 0);
    this.#listeners = new Listeners({
      port,
      wsPort,
      limits,
      anonymous: users.length === 0,
      refusals: this.refusals,
      accept: (stream, request) => void this.#aedes.handle(stream, request),
    });
  }

  onConnect(listener: () => void): void {
    this.#connectListeners.push(listener);
  }

  onMessage(listener: (message: Inbound) => void): void {
    this.#messageListeners.push(listener);
  }

  /** Rejects when a port is taken. */
  async start(): Promise<void> {
    const { host, users } = this.#settings;
    await this.#aedes.listen();
    await this.#listeners.listen(users.length > 0 ? host : LOOPBACK);
    this.#online = true;
    for (const listener of this.#connectListeners) listener();
  }

  /** The ports that it listens on, for whoever asked for any. */
  get ports(): Listeners['ports'] {
    return this.#listeners.ports;
  }

  online(): boolean {
    return this.#online;
  }

  /** Resolves once every subscriber has been written to. */
  publish(message: Message): Promise<void> {
    if (!isPublishable(message.topic)) {
      return Promise.reject(new PublishError('refused', `no topic: ${message.topic}`));
    }
    const packet = setDeliveryClass({ cmd: 'publish', dup: false, ...message }, 'feed');
    return new Promise((resolve, reject) => {
      this.#aedes.publish(packet, (error) => {
        if (error) reject(new PublishError('offline', error.message));
        else resolve();
      });
    });
  }

  async close(): Promise<void> {
    this.#online = false;
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
    await this.#listeners.close();
  }

  #createAedes(anonymous: boolean): Aedes {
    const rules = this.#rules;
    const aedes = new Aedes({
      ...AEDES,
      preConnect: (_client, packet, done) =>
        rules.preConnect(packet, anonymous ? ANONYMOUS.name : (packet.username ?? ''), done),
      authenticate: (client, name, password, done) => {
        void this.#authenticate(client, name, password).then((welcome) => {
          if (welcome) done(null, true);
          else done(Object.assign(new GuardError('refused'), { returnCode: BAD_USER_NAME_OR_PASSWORD }), null);
        });
      },
      authorizePublish: (client, packet, done) => {
        rules.authorizePublish(client, packet, done);
      },
      authorizeSubscribe: (client, subscription, done) => rules.authorizeSubscribe(client, subscription, done),
      published: (packet, client: Client | null, done) => {
        if (client) this.#received(packet, client);
        done();
      },
    });
    aedes.on('unsubscribe', (filters, client) => rules.unsubscribed(client, filters));
    aedes.on('connectionError', (_client, error) => {
      if (!(error instanceof GuardError)) this.refusals.handshake += 1;
    });
    aedes.on('clientError', (_client, error) => {
      const refusal = refusalOf(error);
      if (refusal) this.refusals[refusal] += 1;
    });
    return aedes;
  }

  async #authenticate(client: Client, name: string | undefined, password: Buffer | undefined): Promise<boolean> {
    const { conn } = client;
    const address = conn instanceof GuardedStream ? conn.address : 'unknown';
    const identity = await this.#authenticator.identify({ name, password, address });
    if (!identity) {
      this.refusals.authentication += 1;
      return false;
    }
    this.#rules.identify(client, identity);
    return true;
  }

  #received(packet: PublishPacket, client: Client): void {
    const identity = this.#rules.identityOf(client);
    if (!identity || this.#settings.topics.parseInbound(packet.topic) === null) return;
    const payload = Buffer.from(packet.payload);
    const retained = packet.retain || this.#rules.wasRetained(packet);
    const message = { topic: packet.topic, payload, retained, by: identity.name };
    for (const listener of this.#messageListeners) listener(message);
  }
}
