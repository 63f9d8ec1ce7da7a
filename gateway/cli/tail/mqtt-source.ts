/** Listens to the feed of one site on a broker. */
import { connect, type MqttClient } from 'mqtt';
import { createTopics, type Topics } from '../../broker/topics.ts';
import { systemClock } from '../../clock.ts';
import { CliError } from '../exit.ts';
import type { Listener, Source } from './heard.ts';
import { messageEvent } from './message-event.ts';

export interface BrokerAddress {
  readonly url: string;
  readonly root: string;
  readonly site: string;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** PEM. */
  readonly ca?: string | undefined;
}

const RECONNECT_MS = 2_000;
/** MQTT 3.1.1, 3.2.2.3 and MQTT 5, 3.2.2.2: a user name or password that is wrong, or a user that may not. */
const NOT_LET_IN: ReadonlySet<number> = new Set([4, 5, 134, 135]);

export function mqttSource({ url, root, site, ...login }: BrokerAddress): Source {
  const topics = createTopics(root, site);
  const { prefix, status, alarmEvent, alarmHead } = topics;
  const told = [status, alarmEvent, `${prefix}/event/#`, `${prefix}/device/+/status`, `${prefix}/command-result/+`];
  return (listener, signal) =>
    new Promise((resolve, reject) => {
      const { username, password, ca } = login;
      const client = connect(url, {
        reconnectPeriod: RECONNECT_MS,
        ...(username !== undefined && { username }),
        ...(password !== undefined && { password }),
        ...(ca !== undefined && { ca }),
      });
      let ended = false;
      const end = (error?: CliError): void => {
        if (ended) return;
        ended = true;
        client.end(true, () => (error ? reject(error) : resolve()));
      };
      signal.addEventListener('abort', () => end(), { once: true });
      hear(client, topics, listener);
      client.on('connect', () => {
        listener.connection(`connected to ${url}, listening to ${prefix}`, true);
        client.subscribe([...told, alarmHead], { qos: 1 }, (error) => {
          if (error)
            end(new CliError(`the broker does not let this user read ${prefix}`, 'its role must be one that may'));
        });
      });
      client.on('error', (error) => {
        if (isNotLetIn(error)) end(new CliError(`${url} does not let this user in`, '--username and --password-file'));
        else listener.connection(`${url}: ${error.message || 'cannot be reached'}; trying again`, false);
      });
      client.on('close', () => {
        if (!ended) listener.connection(`${url}: not connected; trying again`, false);
      });
    });
}

/** The head of the alarms comes every 10 s: a sign of life, and of no use to a person. */
function hear(client: MqttClient, { prefix, alarmHead }: Topics, listener: Listener): void {
  client.on('message', (topic, bytes, { retain }) => {
    listener.alive();
    if (topic === alarmHead) return;
    const payload = parsed(bytes.toString());
    const message = { topic: topic.slice(prefix.length + 1), payload, retained: retain, at: systemClock.now() };
    listener.heard({ topic, retained: retain, payload }, messageEvent(message));
  });
}

/** An empty payload deletes a retained message; what is no JSON is kept as text. */
function parsed(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function isNotLetIn(error: Error): boolean {
  return 'code' in error && typeof error.code === 'number' && NOT_LET_IN.has(error.code);
}
