/** Keeps a mirror in step with the feed of a site, over a broker that may come and go. */
import type { MqttClient } from 'mqtt';
import { createTopics, type Topics } from '../../../broker/topics.ts';
import type { Clock } from '../../../clock.ts';
import type { BrokerAddress } from '../../mqtt/address.ts';
import { listenToBroker, parsedPayload, type BrokerListener } from '../../mqtt/listen.ts';
import type { AlarmMirror } from '../mirror/alarm-mirror.ts';
import type { RefreshRequest, Wish } from '../mirror/messages.ts';
import { feedMessage, MIRRORED } from './feed-message.ts';
import type { View } from './view.ts';

/** How late it may be seen that something has not come. */
const TICK_MS = 500;

export interface Follower {
  readonly mirror: AlarmMirror;
  readonly view: View;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** Resolves when `signal` ends it. Rejects with CliError where trying again is of no use. */
export async function follow(
  address: BrokerAddress,
  { mirror, view, clock }: Follower,
  signal: AbortSignal,
): Promise<void> {
  const topics = createTopics(address.root, address.site);
  let client: MqttClient | null = null;
  let awaited: string | null = null;
  const grant = (wishes: readonly Wish[]): void => {
    for (const wish of wishes) {
      if (wish.kind !== 'refresh') show(view, wish, mirror);
      else if (client) awaited = ask(client, topics, wish.request, awaited);
    }
  };
  const timer = setInterval(() => grant(mirror.tick(clock.monotonic())), TICK_MS);
  const listener: BrokerListener = {
    subscribed: (connected) => {
      client = connected;
      grant(mirror.connected(clock.monotonic()));
    },
    message: (topic, text) => {
      const message = feedMessage(topic.slice(topics.prefix.length + 1), parsedPayload(text));
      if (message) grant(mirror.take(message, clock.monotonic()));
    },
    connection: (words, up) => {
      view.connection(words, up);
      if (!up) grant(mirror.disconnected(clock.monotonic()));
    },
  };
  try {
    const filters = MIRRORED.map((path) => `${topics.prefix}/${path}`);
    await listenToBroker(address, filters, listener, signal);
  } finally {
    clearInterval(timer);
  }
}

function show(view: View, wish: Exclude<Wish, { readonly kind: 'refresh' }>, mirror: AlarmMirror): void {
  switch (wish.kind) {
    case 'happened':
      return view.happened(wish.event);
    case 'stands':
      return view.stands(wish.alarms);
    case 'trust':
      return view.trust(mirror.snapshot());
  }
}

/** Returns the topic of the answer. A request that is lost is asked again: nothing waits for it here. */
function ask(client: MqttClient, topics: Topics, request: RefreshRequest, before: string | null): string {
  const answer = topics.refreshAnswer(request.requestId);
  if (before !== null) client.unsubscribe(before);
  client.subscribe(answer, { qos: 1 }, (error) => {
    if (!error) client.publish(topics.alarmRefresh, JSON.stringify(request), { qos: 1 });
  });
  return answer;
}
