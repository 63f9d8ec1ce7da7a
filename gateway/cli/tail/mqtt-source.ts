/** Listens to the feed of one site on a broker. */
import { createTopics } from '../../broker/topics.ts';
import { systemClock } from '../../clock.ts';
import type { BrokerAddress } from '../mqtt/address.ts';
import { listenToBroker, parsedPayload } from '../mqtt/listen.ts';
import type { Source } from './heard.ts';
import { messageEvent } from './message-event.ts';

export function mqttSource(address: BrokerAddress): Source {
  const { prefix, status, alarmEvent, alarmHead } = createTopics(address.root, address.site);
  const told = [status, alarmEvent, `${prefix}/event/#`, `${prefix}/device/+/status`, `${prefix}/command-result/+`];
  return (listener, signal) => {
    const message = (topic: string, text: string, retained: boolean): void => {
      listener.alive();
      // The head of the alarms comes every 10 s: a sign of life, and of no use to a person.
      if (topic === alarmHead) return;
      const payload = parsedPayload(text);
      const heard = { topic: topic.slice(prefix.length + 1), payload, retained, at: systemClock.now() };
      listener.heard({ topic, retained, payload }, messageEvent(heard));
    };
    return listenToBroker(address, [...told, alarmHead], { message, connection: listener.connection }, signal);
  };
}
