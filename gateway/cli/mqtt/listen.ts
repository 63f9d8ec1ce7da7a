/** Listens to topics of a broker until it is told to end, and comes back by itself when the connection goes. */
import { connect, type MqttClient } from 'mqtt';
import { CliError } from '../exit.ts';
import type { BrokerAddress } from './address.ts';

export interface BrokerListener {
  /** Everything is subscribed to, on a new connection. What the broker keeps may have come before. */
  readonly subscribed?: (client: MqttClient) => void;
  /** `retained`: the broker had kept it: how things were. */
  readonly message: (topic: string, payload: string, retained: boolean) => void;
  /** The connection has come or gone; in words. It may go several times before it comes. */
  readonly connection: (words: string, up: boolean) => void;
}

const RECONNECT_MS = 2_000;
/** A connection that was cut without a word is found dead after one and a half of these. */
const KEEPALIVE_S = 15;
/** MQTT 3.1.1, 3.2.2.3 and MQTT 5, 3.2.2.2: a user name or password that is wrong, or a user that may not. */
const NOT_LET_IN: ReadonlySet<number> = new Set([4, 5, 134, 135]);

/** Resolves when `signal` ends it. Rejects with CliError where trying again is of no use. */
export function listenToBroker(
  { url, root, site, ...login }: BrokerAddress,
  filters: readonly string[],
  listener: BrokerListener,
  signal: AbortSignal,
): Promise<void> {
  const prefix = `${root}/${site}`;
  return new Promise((resolve, reject) => {
    const client = connect(url, { ...given(login), reconnectPeriod: RECONNECT_MS, keepalive: KEEPALIVE_S, resubscribe: false }); // prettier-ignore
    let ended = false;
    const end = (error?: CliError): void => {
      if (ended) return;
      ended = true;
      client.end(true, () => (error ? reject(error) : resolve()));
    };
    signal.addEventListener('abort', () => end(), { once: true });
    client.on('message', (topic, bytes, { retain }) => listener.message(topic, bytes.toString(), retain));
    client.on('connect', () => {
      listener.connection(`connected to ${url}, listening to ${prefix}`, true);
      client.subscribe([...filters], { qos: 1 }, (error) => {
        if (!error) listener.subscribed?.(client);
        else if (client.connected)
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

/** What an empty payload or no JSON at all is: null, or the text. An empty one deletes a retained message. */
export function parsedPayload(text: string): unknown {
  try {
    return text === '' ? null : JSON.parse(text);
  } catch {
    return text;
  }
}

function given({ username, password, ca }: Pick<BrokerAddress, 'username' | 'password' | 'ca'>) {
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    ...(ca !== undefined && { ca }),
  };
}

function isNotLetIn(error: Error): boolean {
  return 'code' in error && typeof error.code === 'number' && NOT_LET_IN.has(error.code);
}
