/** The rules of the house as the broker's hooks: who a client is, and what it may do. */
import type { Client, ConnectPacket, PublishPacket, Subscription } from 'aedes';
import { setDeliveryClass } from '../delivery-class.ts';
import type { Topics } from '../topics.ts';
import { mayPublish, mayRetain, maySubscribe, type Identity } from './acl.ts';
import type { Refusals } from './refusals.ts';

/** Where refused messages go: nobody may subscribe to it, and a wildcard does not match it (MQTT 3.1.1, 4.7.2). */
const NOWHERE = '$refused';
const MAX_CLIENT_ID = 256;
const MAX_SUBSCRIPTIONS = 128;

type Hook<T> = (error: Error | null, result: T) => void;

export class ClientRules {
  readonly #topics: Topics;
  readonly #refusals: Refusals;
  readonly #identities = new WeakMap<Client, Identity>();
  readonly #subscriptions = new WeakMap<Client, Set<string>>();
  readonly #publishedRetained = new WeakSet<object>();

  constructor(topics: Topics, refusals: Refusals) {
    this.#topics = topics;
    this.#refusals = refusals;
  }

  identify(client: Client, identity: Identity): void {
    this.#identities.set(client, identity);
  }

  /** Undefined before `identify`. */
  identityOf(client: Client): Identity | undefined {
    return this.#identities.get(client);
  }

  /** Whether the client had set the retain flag, which was dropped before anybody saw the message. */
  wasRetained(packet: object): boolean {
    return this.#publishedRetained.has(packet);
  }

  /**
   * Each user has client ids of its own: nobody can take over, or keep out, another's session. Nothing is kept for an
   * absent client: memory stays bounded, and the outbox is what keeps events.
   */
  preConnect(packet: ConnectPacket, owner: string, done: Hook<boolean>): void {
    if (packet.clientId.length > MAX_CLIENT_ID) {
      this.#refusals.clientId += 1;
      done(new Error('client id too long'), false);
      return;
    }
    if (packet.clientId !== '') packet.clientId = `${owner}/${packet.clientId}`;
    packet.clean = true;
    done(null, true);
  }

  /** Refused messages are acknowledged and go nowhere: an error here would disconnect the client, again and again. */
  authorizePublish(client: Client | null, packet: PublishPacket, done: (error?: Error | null) => void): void {
    const identity = client ? this.#identities.get(client) : undefined;
    // The will is asked for when the connection has ended.
    const isWill = client === null || client.closed;
    if (!identity || !mayPublish(this.#topics, identity, packet.topic)) {
      this.#refusals[isWill ? 'will' : 'publish'] += 1;
      packet.topic = NOWHERE;
      packet.payload = '';
      packet.retain = false;
    } else if (packet.retain && !mayRetain(identity)) {
      this.#refusals.retain += 1;
      this.#publishedRetained.add(packet);
      packet.retain = false;
    }
    setDeliveryClass(packet, 'client');
    done(null);
  }

  /** A refused filter is answered with 0x80 (MQTT 3.1.1, 3.9.3); the client stays. */
  authorizeSubscribe(client: Client, subscription: Subscription, done: Hook<Subscription | null>): void {
    const identity = this.#identities.get(client);
    const filters = this.#subscriptions.get(client) ?? new Set();
    this.#subscriptions.set(client, filters);
    const known = filters.has(subscription.topic);
    const allowed =
      identity !== undefined &&
      maySubscribe(this.#topics, identity, subscription.topic) &&
      (known || filters.size < MAX_SUBSCRIPTIONS);
    if (allowed) filters.add(subscription.topic);
    else this.#refusals.subscribe += 1;
    done(null, allowed ? subscription : null);
  }

  unsubscribed(client: Client, filters: readonly string[]): void {
    for (const filter of filters) this.#subscriptions.get(client)?.delete(filter);
  }
}
