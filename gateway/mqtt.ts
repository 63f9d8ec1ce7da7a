/** The MQTT side, put together: a broker of our own or the site's, what goes out to it and what comes in. */
import { readFileSync } from 'node:fs';
import { createConnectionNews } from './broker/connection-news.ts';
import { Dispatcher } from './broker/dispatch.ts';
import { EmbeddedBroker } from './broker/embedded.ts';
import type { ExternalBroker } from './broker/external.ts';
import type { FeedSource } from './broker/feed-source.ts';
import { Inbox, type InboundHandlers } from './broker/inbound.ts';
import { statusMessage } from './broker/messages.ts';
import type { Publisher } from './broker/publisher.ts';
import { Refresher } from './broker/refresh.ts';
import { createTopics } from './broker/topics.ts';
import type { Clock } from './clock.ts';
import type { SiteConfig } from './config/site-config.ts';

export interface MqttOptions extends Pick<InboundHandlers, 'submitCommand' | 'decide'> {
  readonly config: Pick<SiteConfig, 'site' | 'broker'>;
  readonly source: FeedSource;
  readonly clock: Clock;
  readonly bootId: string;
  readonly version: string;
  /** The broker connection failed or ended; in words. Each reason is told once, until another one follows. */
  readonly onTrouble: (reason: string) => void;
  /** It is there again, after trouble that was told. */
  readonly onBack: () => void;
}

export type Mqtt = Awaited<ReturnType<typeof startMqtt>>;

/** Rejects when the embedded broker's port is taken. An external broker is connected to for ever. */
export async function startMqtt(options: MqttOptions) {
  const { config, source, clock, bootId, version, submitCommand, decide } = options;
  const { broker, site } = config;
  const topics = createTopics(broker.root, site.id);
  const { publisher, lastTrouble } = await connection(options, topics);
  const dispatcher = new Dispatcher({
    source,
    publisher,
    topics,
    clock,
    ack: broker.ack,
    consumers: broker.consumers,
    bootId,
    version,
  });
  const refresher = new Refresher({ source, publisher, topics });
  const inbox = new Inbox({
    publisher,
    topics,
    clock,
    submitCommand,
    decide,
    refresh: (request) => refresher.request(request),
    watermark: (consumer, mark) => dispatcher.watermark(consumer, mark),
  });
  try {
    await publisher.start();
  } catch (error) {
    await publisher.close();
    throw error;
  }
  return {
    online: () => publisher.online(),
    /** Why it is not online, in words; null when it is. */
    trouble: () => (publisher.online() ? null : lastTrouble.reason),
    description: () => describe(publisher, options.config),
    /** What was refused, by reason. */
    refusals: (): Readonly<Record<string, number>> => ({ ...publisher.refusals }),
    counters: () => ({ ...dispatcher.counters, inbox: { ...inbox.counters }, refresh: { ...refresher.counters } }),
    close: async () => {
      await dispatcher.close();
      await publisher.close();
    },
  };
}

/** Where to listen, for a person or a program; without a password. */
function describe(publisher: Publisher, { broker, site }: MqttOptions['config']) {
  const prefix = `${broker.root}/${site.id}`;
  if (publisher instanceof EmbeddedBroker) {
    const { tcp, ws } = publisher.ports;
    return { type: 'embedded' as const, url: `mqtt://${broker.host}:${tcp}`, wsPort: ws, prefix };
  }
  const url = new URL(broker.url ?? '');
  url.password = '';
  return { type: 'external' as const, url: url.href, wsPort: null, prefix };
}

/** The broker, and what was last wrong with the way to it. */
async function connection(options: MqttOptions, topics: Topics) {
  const news = createConnectionNews({ away: options.onTrouble, back: options.onBack });
  const lastTrouble = { reason: 'not connected yet' };
  const onTrouble = (reason: string): void => {
    lastTrouble.reason = reason;
    news.trouble(reason);
  };
  const isOwn = options.config.broker.type === 'embedded';
  const publisher = isOwn ? embedded(options, topics) : await external({ ...options, onTrouble }, topics);
  publisher.onConnect(news.connected);
  return { publisher, lastTrouble };
}

type Topics = ReturnType<typeof createTopics>;

function embedded({ config: { broker }, clock }: MqttOptions, topics: Topics): EmbeddedBroker {
  const { host, port, wsPort, users } = broker;
  return new EmbeddedBroker({ topics, host, port, wsPort, users, clock });
}

/** A file that cannot be read just now, as while it is being replaced, leaves us without: the broker says no, and we try again. */
function contentOf(file: string | undefined): string | undefined {
  if (file === undefined) return undefined;
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A client, and all that it brings, is loaded only where there is a broker to connect to. */
async function external(
  { config, source, clock, bootId, version, onTrouble }: MqttOptions,
  topics: Topics,
): Promise<ExternalBroker> {
  const { ExternalBroker } = await import('./broker/external.ts');
  const { url, username, passwordFile, caFile } = config.broker;
  // The configuration has been checked: an external broker has its address.
  if (url === undefined) throw new Error('broker.url is missing');
  const seq = (): number => source.events.bounds().newest ?? 0;
  return new ExternalBroker({
    topics,
    url,
    clock,
    clientId: `gatehouse-${config.site.id}`,
    username,
    secrets: () => ({ password: contentOf(passwordFile)?.trim(), ca: contentOf(caFile) }),
    will: () => statusMessage(topics, { online: false, bootId, epoch: source.epoch, seq: seq(), version }),
    onTrouble,
  });
}
