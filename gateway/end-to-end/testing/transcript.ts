/** Everything that one consumer received, line by line, however the consumer was written. */
import { connectAsync } from 'mqtt';
import { onTestFinished } from 'vitest';
import { startProgram } from '../../testing/programs.ts';
import type { Message } from './consumer.ts';

/** What has come so far, in order. */
export type Transcript = () => readonly Message[];

/** A consumer written with plain MQTT.js. */
export async function listenWithMqttJs(url: string, filter: string): Promise<Transcript> {
  const messages: Message[] = [];
  const client = await connectAsync(url, { protocolVersion: 4 });
  onTestFinished(() => void client.end(true));
  client.on('message', (topic, payload, { retain }) => messages.push({ topic, payload: payload.toString(), retain }));
  await client.subscribeAsync(filter, { qos: 1 });
  return () => messages;
}

/** A consumer that owes us nothing: mosquitto's own, in C. A line is the retain flag, the topic and the payload. */
export function listenWithMosquitto(url: string, filter: string): Transcript {
  const { hostname, port } = new URL(url);
  const args = ['-h', hostname, '-p', port, '-V', 'mqttv311', '-q', '1', '-t', filter, '-F', '%r %t %p'];
  const program = startProgram('mosquitto_sub', args, 'mosquitto-clients');
  onTestFinished(() => program.stop());
  return () => program.output().split('\n').slice(0, -1).map(parse);
}

function parse(line: string): Message {
  const [retain = '', topic = ''] = line.split(' ', 2);
  return { topic, payload: line.slice(retain.length + topic.length + 2), retain: retain === '1' };
}

/** The newest live message of `topic` that both have had; undefined while there is none. */
export function commonMark(one: Transcript, other: Transcript, topic: string): Message | undefined {
  return one().findLast(
    (message) => message.topic === topic && !message.retain && other().some((each) => isSame(each, message)),
  );
}

/** What came after `mark`. */
export function since(transcript: Transcript, mark: Message): Message[] {
  const messages = transcript();
  return messages.slice(messages.findLastIndex((message) => isSame(message, mark)) + 1);
}

/** The payloads of each topic, in order. */
export function byTopic(messages: readonly Message[]): Record<string, string[]> {
  const topics: Record<string, string[]> = {};
  for (const { topic, payload } of messages) (topics[topic] ??= []).push(payload);
  return topics;
}

function isSame(one: Message, other: Message): boolean {
  return one.topic === other.topic && one.payload === other.payload && one.retain === other.retain;
}
