/** What MQTT forbids ends the connection of whoever does it, and is counted; what merely ends is not. */
import { expect, it } from 'vitest';
import { closed, connect, connectRaw, startEmbedded, topics } from './testing/brokers.ts';
import { until } from './testing/wait.ts';

/** CONNECT of an anonymous client `raw`, MQTT 3.1.1, clean, keep-alive 60 s. */
const CONNECT = Buffer.from('100f00044d5154540402003c0003726177', 'hex');

/** PUBLISH with QoS bits as given, without a payload. */
function publish(flags: number, topic: string): Buffer {
  const body = [0, topic.length, ...Buffer.from(topic), ...(flags === 0x30 ? [] : [0, 1])];
  return Buffer.from([flags, body.length, ...body]);
}

it.each([
  ['QoS 3 (MQTT 3.1.1, 3.3.1.2)', publish(0x36, topics.command('d1', 'x'))],
  ['a wildcard in the topic of a message (3.3.2.1)', publish(0x32, `${topics.prefix}/#`)],
  ['one level of it', publish(0x30, `${topics.prefix}/+/x`)],
  ['a second CONNECT (3.1)', CONNECT],
])('%s', async (_, packet) => {
  const { broker, port } = await startEmbedded();
  const socket = await connectRaw(port);
  socket.write(CONNECT);
  await until('it is answered', () => socket.bytesRead > 0);
  socket.write(packet);
  await closed(socket);
  expect(broker.refusals).toMatchObject({ protocol: 1, malformed: 0, handshake: 0 });
});

it('a client that vanishes, and one that says goodbye, are no mistake', async () => {
  const { broker, url, port } = await startEmbedded();
  const socket = await connectRaw(port);
  socket.write(CONNECT);
  await until('it is answered', () => socket.bytesRead > 0);
  socket.resetAndDestroy();
  const client = await connect(url);
  await client.endAsync();
  await closed(socket);
  expect(Object.values(broker.refusals).every((count) => count === 0)).toBe(true);
});
