/** The feed as two consumers hear it that were written by different people, in different languages. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { startMosquitto } from '../broker/testing/mosquitto.ts';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import { pressureTransmitter } from '../../simulators/devices/pressure-transmitter.ts';
import { relayBarrier } from '../../simulators/devices/relay-barrier.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { until } from '../testing/programs.ts';
import { busOn } from '../testing/site.ts';
import type { Message } from './testing/consumer.ts';
import { misfit } from './testing/feed-schemas.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { Operator } from './testing/operator.ts';
import { newSite, PREFIX } from './testing/site.ts';
import { readStored, type StoredEvent } from './testing/stored.ts';
import { byTopic, commonMark, listenWithMosquitto, listenWithMqttJs, since } from './testing/transcript.ts';

const LIFT = 'lift-1--lift-carAlarm';
const CHANNEL = 3;

/** An input module on one line; a pressure transmitter and a barrier on another. */
async function community(broker: Readonly<Record<string, unknown>>) {
  const module = moxaE1210({ id: 'io', unit: 1 });
  const devices = [
    pressureTransmitter({ id: 'pressure', unit: 1 }),
    relayBarrier({ id: 'gate', unit: 8, travelMs: 300 }),
  ];
  const [lifts, plant] = await Promise.all([startTcpServer({ devices: [module] }), startTcpServer({ devices })]);
  onTestFinished(() => lifts.close());
  onTestFinished(() => plant.close());
  const inputs = [{ channel: CHANNEL, source: 'lift-1', alarm: 'lift.carAlarm' }];
  const site = newSite({
    buses: [
      busOn(lifts, { id: 'lifts', type: 'modbus-tcp' }),
      busOn(plant, { id: 'plant', type: 'modbus-tcp', breaker: { firstBackoffMs: 200, maxBackoffMs: 400 } }),
    ],
    equipment: [{ id: 'lift-1', nameZh: '1号梯', kind: 'lift' }],
    devices: [
      { id: 'io', bus: 'lifts', unit: 1, profile: 'moxa-iologik-e1210', inputs },
      { id: 'pressure', bus: 'plant', unit: 1, profile: 'pressure-transmitter' },
      { id: 'gate', bus: 'plant', unit: 8, profile: 'relay-barrier' },
    ],
    poll: { alarm: 50, fast: 300, normal: 300, slow: 500 },
    broker,
  });
  return { site, module, plant };
}

/** A button is pressed, dealt with, and all is well; then a gate opens, and a line is cut and mended. */
async function play(operator: Operator, { module, plant }: Awaited<ReturnType<typeof community>>): Promise<void> {
  module.contacts.press(CHANNEL, 80, performance.now());
  const raised = await operator.seeAlarm(LIFT, 'E');
  expect(await operator.decide('ack', raised)).toMatchObject({ ok: true, stored: true });
  expect(await operator.decide('ack', raised)).toMatchObject({ ok: false });
  const acknowledged = await operator.seeAlarm(LIFT, 'F');
  expect(await operator.decide('reset', acknowledged)).toMatchObject({ ok: true, stored: true });
  await operator.seeAlarm(LIFT, 'A');
  expect(await operator.command('gate', 'open')).toMatchObject({ state: 'done' });
  expect(await operator.command('gate', 'explode')).toMatchObject({ state: 'refused' });
  await plant.unplug();
  await operator.see('point/pressure/pressure', ({ quality }) => quality === 'bad');
  await plant.plug();
  await operator.see('point/pressure/pressure', ({ value }) => value === 0.452);
}

async function brokerFor(kind: string): Promise<Readonly<Record<string, unknown>>> {
  return kind === 'embedded' ? { port: 0 } : { type: 'external', url: (await startMosquitto()).url };
}

describe.each(['embedded', 'external'])('the feed of the %s broker', (kind) => {
  it('is the same to a consumer in MQTT.js and to mosquitto_sub, and says what the store says', async () => {
    const world = await community(await brokerFor(kind));
    const gateway = new GatewayProcess(world.site.siteFile);
    const { mqttUrl } = await gateway.ready;
    const one = await listenWithMqttJs(mqttUrl, `${PREFIX}/#`);
    const other = listenWithMosquitto(mqttUrl, `${PREFIX}/#`);
    const operator = await Operator.at(mqttUrl);
    await operator.see('point/pressure/pressure', ({ value }) => value === 0.452);
    await operator.see('point/io/di3Count', ({ quality }) => quality === 'good');
    await operator.see('device/gate/status', ({ state }) => state === 'online');
    const mark = await until(() => commonMark(one, other, `${PREFIX}/alarm/head`), 'both to listen', 30_000);
    await play(operator, world);
    await gateway.stop();

    const heard = (): readonly [Message[], Message[]] => [since(one, mark), since(other, mark)];
    const isGone = ({ topic, payload }: Message): boolean => topic === `${PREFIX}/status` && payload.includes('false');
    await until(() => heard().every((messages) => messages.some(isGone)), 'both to hear that it has gone');
    const [ours, theirs] = heard();
    expect(byTopic(theirs)).toEqual(byTopic(ours));
    expect(one().flatMap(({ topic, payload }) => misfit(topic, payload) ?? [])).toEqual([]);
    expectEvents(ours, readStored(world.site.storeFile).events);
  });
});

/** Each event of the store was told once, on its topic, as CloudEvents 1.0 or as the result of a command. */
function expectEvents(messages: readonly Message[], events: readonly StoredEvent[]): void {
  const told = messages
    .filter(
      ({ topic, payload }) => /\/(alarm\/event|event\/|command-result\/)/.test(topic) && payload.includes('"seq"'),
    )
    .map(({ topic, payload }) => ({ topic: topic.slice(PREFIX.length + 1), ...(JSON.parse(payload) as StoredEvent) }));
  expect(told.toSorted((a, b) => a.seq - b.seq)).toEqual(events.map(asTold));
  const types = events.map(({ domain, type }) => `${domain}.${type}`);
  expect(types).toEqual(['input.pulse', 'alarm.raise', 'alarm.clear', 'alarm.ack', 'alarm.reset', 'command.done']);
}

function asTold({ seq, domain, type, source, at, data }: StoredEvent): unknown {
  const time = new Date(at).toISOString();
  if (domain === 'command')
    return expect.objectContaining({ topic: `command-result/${String(data['id'])}`, seq, state: type, at: time });
  const topic = domain === 'alarm' ? 'alarm/event' : `event/${domain}/${type}`;
  const more = domain === 'alarm' ? { seq, at: time, epoch: expect.any(Number) as unknown } : {};
  return {
    ...{ topic, specversion: '1.0', id: expect.stringMatching(`^test-\\d+-${seq}$`) as unknown, seq },
    ...{ source: `/${PREFIX}/${source}`, type: `gatehouse.${domain}.${type}`, time },
    ...{ datacontenttype: 'application/json', epoch: expect.any(Number) as unknown, data: { ...data, ...more } },
  };
}
