/** Registers of meters on a real line: what is polled is judged, asked again, kept, and held where it cannot be believed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { afterEach, expect, it } from 'vitest';
import { reading } from '../../broker/schemas.ts';
import { sdm120 } from '../../../simulators/devices/eastron-sdm120.ts';
import { wbMcm8 } from '../../../simulators/devices/wb-mcm8.ts';
import { startSerialLine } from '../../../simulators/wire/serial-line.ts';
import type { Gateway } from '../../main.ts';
import { until } from '../../testing/programs.ts';
import { busOn, createSite } from '../../testing/site.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Tests do not wait for what a real flat uses in an hour: these use 10 kWh and 1 m³ in a second at most. */
const METERS = [
  'number,home,utility,device,point,pulseWeight,digits,decimals,installedAt,initial,maxPerHour',
  '000012345678,1-1-101,electricity,meter,importEnergy,,6,2,2026-01-01,100.00,36000',
  '88001,1-1-101,coldWater,pulses,di0Count,0.01,5,3,2026-01-01,12.340,3600',
].join('\n');
const HOMES = 'id,building,unit,room\n1-1-101,1,1,101\n';

async function start() {
  const meter = sdm120({ id: 'meter', unit: 1 });
  const pulses = wbMcm8({ id: 'pulses', unit: 2 });
  const line = await startSerialLine({ devices: [meter, pulses], paced: false });
  closing.push(() => line.close());
  meter.set({ importKWh: 100.5 });
  const devices = [
    { id: 'meter', bus: 'b', unit: 1, profile: 'eastron-sdm120' },
    { id: 'pulses', bus: 'b', unit: 2, profile: 'wb-mcm8' },
  ];
  const poll = { alarm: 200, fast: 500, normal: 500, slow: 200 };
  const buses = [busOn(line, { id: 'b', type: 'tcp-serial', baud: 115200, turnaroundMs: 2 })];
  const site = createSite({ buses, devices, poll, meters: ['meters.csv'], homes: 'homes.csv' });
  writeFileSync(join(site.folder, 'meters.csv'), METERS);
  writeFileSync(join(site.folder, 'homes.csv'), HOMES);
  const gateway = await site.start();
  closing.push(() => gateway.stop());
  return { site, gateway, meter, pulses };
}

function suspects({ store }: Gateway, meter: string) {
  return store.meterReadings.suspectsOf(meter, 1_000);
}

/** What a poll of the meter says next. */
async function nextOf(gateway: Gateway, meter: string) {
  const from = Date.now();
  const list = () => gateway.store.meterReadings.list({ meter, from, to: from + 60_000, limit: 10 });
  return until(() => list()[0], `the next reading of ${meter}`);
}

async function settleAll(gateway: Gateway, meter: string, decision: 'accept' | 'reject') {
  const settled = await fetch(`${gateway.apiUrl}/api/v1/meters/${meter}/settle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ decision, by: 'Li', note: 'looked at on site' }),
  });
  expect(settled.status).toBe(200);
}

function last({ store }: Gateway, meter: string) {
  return store.meterReadings.lastGood(meter, Date.now() + 1_000);
}

function events({ store }: Gateway, type: string) {
  return store.events.list({ domain: 'meter', limit: 100 }).filter((event) => event.type === type);
}

it('keeps what a register shows with the decimals that it has', async () => {
  const { gateway, meter } = await start();
  await until(() => last(gateway, '000012345678')?.value === '100.50', 'the first reading');
  meter.set({ importKWh: 100.75 });
  await until(() => last(gateway, '000012345678')?.value === '100.75', 'the next one');
  expect(last(gateway, '000012345678')).toMatchObject({ quality: 'actual', standing: 'good', notes: [] });
  expect(gateway.store.registry.versions()).toHaveLength(1);
});

it('asks again when a register went back, holds what it says then, tells it once and raises an alarm', async () => {
  const { gateway, meter } = await start();
  await until(() => last(gateway, '000012345678')?.value === '100.50', 'the first reading');
  meter.set({ importKWh: 42 });
  await until(() => gateway.store.meterReadings.suspects(0, 10).length > 2, 'readings in doubt');
  const [suspect] = gateway.store.meterReadings.suspects(0, 1);
  expect(suspect).toMatchObject({ meter: '000012345678', value: '42.00' });
  expect(suspect?.notes.join()).toContain('it went back from 100.50 to 42.00');
  expect(suspect?.notes.join()).toContain('read again: the same');
  expect(last(gateway, '000012345678')?.value).toBe('100.50');
  expect(events(gateway, 'suspect')).toHaveLength(1);
  const alarm = () => gateway.store.alarms.list('nonNormal').find(({ type }) => type === 'meter.tamper');
  expect(await until(alarm, 'the alarm')).toMatchObject({ source: 'meter', channel: 'importEnergy' });
  meter.set({ importKWh: 100.8 });
  await until(() => last(gateway, '000012345678')?.value === '100.80', 'a reading that can be believed');
});

it('believes no meter because time has passed, nor after a restart, but when a person does', async () => {
  const { site, gateway, meter } = await start();
  await until(() => last(gateway, '000012345678')?.value === '100.50', 'the first reading');
  meter.set({ importKWh: 130.5 });
  const first = await until(() => suspects(gateway, '000012345678')[0], 'a reading in doubt');
  // Three seconds are enough for 30 kWh.
  const isLater = () => (suspects(gateway, '000012345678').at(-1)?.at ?? 0) > first.at + 4_000;
  await until(isLater, 'readings in doubt for longer than the use would take');
  expect(suspects(gateway, '000012345678').at(-1)?.notes.join()).toContain('may go on from 130.50');
  expect(last(gateway, '000012345678')?.value).toBe('100.50');
  await gateway.stop();
  const again = await site.start();
  closing.push(() => again.stop());
  expect(await nextOf(again, '000012345678')).toMatchObject({ value: '130.50', standing: 'suspect' });
  expect(events(again, 'suspect')).toHaveLength(1);
  await settleAll(again, '000012345678', 'reject');
  expect(await nextOf(again, '000012345678')).toMatchObject({ value: '130.50', standing: 'suspect' });
  await until(() => events(again, 'suspect').length === 2, 'it to be told that it is in doubt again');
  await settleAll(again, '000012345678', 'accept');
  expect(await nextOf(again, '000012345678')).toMatchObject({ value: '130.50', standing: 'good' });
});

it('keeps the register of a counter, from the dial that a person read', async () => {
  const { gateway, pulses } = await start();
  await until(() => last(gateway, '88001')?.value === '12.340', 'counting to begin');
  expect(events(gateway, 'countingBegun')).toHaveLength(1);
  const now = performance.now();
  for (let i = 0; i < 3; i++) pulses.contacts.press(0, 150, now + i * 400);
  await until(() => last(gateway, '88001')?.value === '12.370', 'three pulses of ten litres');
});

it('goes on counting from what a person has read on the dial', async () => {
  const { gateway, pulses } = await start();
  await until(() => last(gateway, '88001')?.value === '12.340', 'counting to begin');
  pulses.contacts.press(0, 150, performance.now());
  await until(() => last(gateway, '88001')?.value === '12.350', 'a pulse of ten litres');
  const body = { value: '20.005', by: 'Li', note: 'the module was off for a day', confirmed: true };
  const entered = await fetch(`${gateway.apiUrl}/api/v1/meters/88001/readings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(entered.status).toBe(200);
  await until(() => events(gateway, 'countingBegun').length === 2, 'counting to begin anew');
  pulses.contacts.press(0, 150, performance.now());
  await until(() => last(gateway, '88001')?.value === '20.015', 'the next pulse of ten litres');
});

it('counts anew from the last good value where a meter was put on another input', async () => {
  const { site, gateway, pulses } = await start();
  await until(() => last(gateway, '88001')?.value === '12.340', 'counting to begin');
  pulses.setCount(0, 1);
  await until(() => last(gateway, '88001')?.value === '12.350', 'a pulse of ten litres');
  // As many as may have passed on the first input, and after a restart just as in the running gateway.
  pulses.setCount(1, 21);
  writeFileSync(join(site.folder, 'meters.csv'), METERS.replace('di0Count', 'di1Count'));
  await until(() => events(gateway, 'countingBegun').length === 2, 'counting to begin on the other input');
  expect(last(gateway, '88001')?.value).toBe('12.350');
  pulses.setCount(1, 22);
  await until(() => last(gateway, '88001')?.value === '12.360', 'a pulse there');
  await gateway.stop();
  writeFileSync(join(site.folder, 'meters.csv'), METERS);
  pulses.setCount(0, 31);
  const again = await site.start();
  closing.push(() => again.stop());
  await until(() => events(again, 'countingBegun').length === 3, 'counting to begin on the first input again');
  expect(last(again, '88001')?.value).toBe('12.360');
  expect(last(again, '88001')?.notes.join()).toContain('the dial shows 12.360 at 31 pulses');
});

it('counts on from no count in doubt, neither when time has passed nor after a restart', async () => {
  const { site, gateway, pulses } = await start();
  await until(() => last(gateway, '88001')?.value === '12.340', 'counting to begin');
  pulses.setCount(0, 400);
  const first = await until(() => suspects(gateway, '88001')[0], 'a count in doubt');
  // Four seconds are enough for 4 m³.
  const isLater = () => (suspects(gateway, '88001').at(-1)?.at ?? 0) > first.at + 5_000;
  await until(isLater, 'counts in doubt for longer than the use would take');
  await gateway.stop();
  const again = await site.start();
  closing.push(() => again.stop());
  expect(await nextOf(again, '88001')).toMatchObject({ value: '12.340', standing: 'suspect' });
  expect(last(again, '88001')?.value).toBe('12.340');
  expect(events(again, 'suspect')).toHaveLength(1);
  pulses.setCount(0, 2);
  await until(() => last(again, '88001')?.value === '12.360', 'it to count on from where it was');
});

it('tells on MQTT what a meter answered', async () => {
  const { gateway, pulses } = await start();
  const { url, prefix } = gateway.mqtt.description();
  const client = await connectAsync(url);
  closing.push(() => client.endAsync());
  const heard: { topic: string; value: string | null; meter: string | undefined }[] = [];
  client.on('message', (topic, payload) => {
    const { registers } = reading.parse(JSON.parse(payload.toString()));
    for (const { value, meter } of registers) heard.push({ topic: topic.slice(prefix.length + 1), value, meter });
  });
  await client.subscribeAsync(`${prefix}/reading/+`, { qos: 1 });
  await until(() => heard.find(({ meter }) => meter === '000012345678'), 'the electricity meter');
  expect(heard).toContainEqual({ topic: 'reading/meter', value: '100.50', meter: '000012345678' });
  await until(() => last(gateway, '88001'), 'counting to begin');
  pulses.contacts.press(0, 150, performance.now());
  await until(() => heard.some(({ value }) => value === '12.350'), 'one pulse of ten litres');
  expect(heard).toContainEqual({ topic: 'reading/pulses', value: '12.350', meter: '88001' });
});
