/** Brokers and clients for tests, each closed when the test has ended. */
import { scryptSync } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectMqtt, type IClientOptions, type MqttClient } from 'mqtt';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../clock.ts';
import { EmbeddedBroker, type EmbeddedSettings } from '../embedded.ts';
import { createTopics } from '../topics.ts';
import type { User } from '../guards/authenticate.ts';

export const topics = createTopics('community', 'site1');

export interface Running {
  readonly broker: EmbeddedBroker;
  readonly port: number;
  readonly url: string;
  readonly wsUrl: string;
}

/** An embedded broker on free ports, not yet started. */
export function createEmbedded(settings: Partial<EmbeddedSettings> = {}): EmbeddedBroker {
  const fixed = { topics, host: '127.0.0.1', port: 0, wsPort: 0, users: [], clock: systemClock };
  const broker = new EmbeddedBroker({ ...fixed, ...settings });
  onTestFinished(() => broker.close());
  return broker;
}

/** Where a started broker is reached. */
export function addressesOf(broker: EmbeddedBroker): Running {
  const { tcp, ws } = broker.ports;
  if (tcp === null || ws === null) throw new Error('not listening');
  return { broker, port: tcp, url: `mqtt://127.0.0.1:${tcp}`, wsUrl: `ws://127.0.0.1:${ws}/mqtt` };
}

/** An embedded broker on free ports. */
export async function startEmbedded(settings: Partial<EmbeddedSettings> = {}): Promise<Running> {
  const broker = createEmbedded(settings);
  await broker.start();
  return addressesOf(broker);
}

/** office (consumer), guard (operator) and root (admin); each name is its own password. */
export function users(): User[] {
  const roles = { office: 'consumer', guard: 'operator', root: 'admin' } as const;
  return Object.entries(roles).map(([name, role]) => ({ name, role, password: cheapHash(name) }));
}

/** As `hashPassword` makes it, at a cost that a test can pay many times. */
function cheapHash(password: string): string {
  const salt = Buffer.from('a salt of a test');
  const hash = scryptSync(password, salt, 32, { N: 1_024, r: 8, p: 1 });
  return `scrypt$1024$8$1$${salt.toString('base64')}$${hash.toString('base64')}`;
}

/** Connects with MQTT.js; never reconnects by itself. Rejects when it is refused or hung up on. */
export async function connect(url: string, options: IClientOptions = {}): Promise<MqttClient> {
  const client = connectMqtt(url, { reconnectPeriod: 0, ...options });
  onTestFinished(() => void client.end(true));
  await new Promise((resolve, reject) => {
    client.once('connect', resolve);
    client.once('close', () => reject(new Error('hung up')));
    // A broker that drops the client is what some tests are about.
    client.on('error', reject);
  });
  return client;
}

/** Logs in as one of `users()`. */
export function as(name: string): IClientOptions {
  return { username: name, password: name };
}

/** Collects what a client receives. */
export function collect(
  client: MqttClient,
): { readonly topic: string; readonly text: string; readonly retain: boolean }[] {
  const got: { topic: string; text: string; retain: boolean }[] = [];
  client.on('message', (topic, payload, { retain }) => got.push({ topic, text: payload.toString(), retain }));
  return got;
}

export async function connectRaw(port: number): Promise<Socket> {
  const socket = connectTcp(port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Waits until the other side has closed. */
export async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise((resolve) => socket.resume().once('close', resolve));
}
