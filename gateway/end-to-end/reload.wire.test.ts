/** A configuration that changes under a running gateway, as the wires and the broker see it: no more is touched than was changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connectAsync } from 'mqtt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import { pressureTransmitter } from '../../simulators/devices/pressure-transmitter.ts';
import type { Device } from '../../simulators/modbus/device.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { until } from '../testing/programs.ts';
import { busOn, type SiteSketch } from '../testing/site.ts';
import { GatewayProcess, type LogLine } from './testing/gateway-process.ts';
import { tap, type ModbusTap } from './testing/modbus-tap.ts';
import { newSite, PREFIX } from './testing/site.ts';

type Entry = Readonly<Record<string, unknown>>;

const APPLIED = 'configuration applied';
const UNTOUCHED = { added: [], removed: [], changed: [] };
const pump = (unit: number, more: Entry = {}): Entry => ({
  ...{ id: `p${unit}`, bus: 'pumps', unit, profile: 'pressure-transmitter' },
  ...more,
});

async function wire(devices: readonly Device[], overtaking = 0): Promise<ModbusTap> {
  const line = await startTcpServer({ devices });
  onTestFinished(() => line.close());
  return tap(line, overtaking);
}

/** Three pressure transmitters of four on one wire and an input module on another; every one has been asked ten times. */
async function runningGateway() {
  const pumps = await wire([1, 2, 3, 4].map((unit) => pressureTransmitter({ id: `p${unit}`, unit })));
  // Reads of alarm contacts overtake what else is asked of the module.
  const lifts = await wire([moxaE1210({ id: 'io', unit: 1 })], 8);
  const module = { id: 'io', bus: 'lifts', unit: 1, profile: 'moxa-iologik-e1210' };
  const sketch = (devices: readonly Entry[], bus: Entry = {}): SiteSketch => ({
    buses: [
      busOn(pumps, { id: 'pumps', type: 'modbus-tcp', turnaroundMs: 4, ...bus }),
      busOn(lifts, { id: 'lifts', type: 'modbus-tcp' }),
    ],
    devices: [...devices, module],
    poll: { alarm: 60, fast: 120, normal: 200, slow: 300 },
  });
  const site = newSite(sketch([pump(1), pump(2), pump(3)]));
  const gateway = new GatewayProcess(site.siteFile);
  const { mqttUrl } = await gateway.ready;
  const isAsked = (): boolean => [1, 2, 3].every((unit) => pumps.requests(unit) > 10) && lifts.requests(1) > 40;
  await until(isAsked, 'every device to be asked', 30_000);
  return { pumps, lifts, sketch, site, gateway, mqttUrl };
}

type Running = Awaited<ReturnType<typeof runningGateway>>;

/** The newest log line with these words, once there is one. */
function logged(gateway: GatewayProcess, words: string): Promise<LogLine> {
  return until(() => gateway.log().findLast(({ msg }) => String(msg).startsWith(words)), `"${words}" in the log`);
}

/** Waits until every device has been asked so much more that a new conversation would have shown. */
async function askOn({ pumps, lifts }: Running): Promise<void> {
  const asked = [pumps.requests(1), lifts.requests(1)] as const;
  const isAsked = (): boolean => pumps.requests(1) > asked[0] + 20 && lifts.requests(1) > asked[1] + 40;
  await until(isAsked, 'every device to be asked again', 30_000);
}

/** Conversations of the three transmitters and of the module, and connections of their wires. */
function conversations({ pumps, lifts }: Running) {
  const sessions = { p1: pumps.sessions(1), p2: pumps.sessions(2), p3: pumps.sessions(3), io: lifts.sessions(1) };
  return { ...sessions, pumps: pumps.connections(), lifts: lifts.connections() };
}

const UNDISTURBED = { p1: 1, p2: 1, p3: 1, io: 1, pumps: 1, lifts: 1 };

/** Every retained message of the site, as a newcomer is given them. */
async function retained(mqttUrl: string): Promise<Map<string, string>> {
  const messages = new Map<string, string>();
  const client = await connectAsync(mqttUrl, { protocolVersion: 4 });
  onTestFinished(() => void client.end(true));
  client.on('message', (topic, payload) => messages.set(topic.slice(PREFIX.length + 1), payload.toString()));
  await client.subscribeAsync(`${PREFIX}/#`, { qos: 1 });
  return messages;
}

describe('a site file that changes while the gateway runs', () => {
  it('gives the one device whose poll period it changes a new session, and leaves the others in theirs', async () => {
    const running = await runningGateway();
    const { site, sketch, gateway, pumps } = running;
    site.write(sketch([pump(1), pump(2, { poll: { fast: 30 } }), pump(3)]));
    const { change } = await logged(gateway, APPLIED);
    expect(change).toMatchObject({ buses: UNTOUCHED, devices: { ...UNTOUCHED, changed: ['p2'] }, restart: [] });
    const before = { p1: pumps.requests(1), p2: pumps.requests(2) };
    await askOn(running);
    expect(conversations(running)).toEqual({ ...UNDISTURBED, p2: 2 });
    expect(pumps.requests(2) - before.p2).toBeGreaterThan(1.5 * (pumps.requests(1) - before.p1));
  });

  it('does nothing when it says the same, in the same words or in others', async () => {
    const running = await runningGateway();
    const { site, gateway } = running;
    const words = readFileSync(site.siteFile, 'utf8');
    for (const same of [words, `# Looked through in May.\n${words}`, words]) {
      writeFileSync(site.siteFile, same);
      await gateway.reload();
    }
    await askOn(running);
    expect(gateway.log().filter(({ msg }) => msg === APPLIED)).toEqual([]);
    expect(conversations(running)).toEqual(UNDISTURBED);
  });

  it('that is wrong changes nothing; the log says where and what, and the mended one is taken', async () => {
    const running = await runningGateway();
    const { site, sketch, gateway } = running;
    const words = readFileSync(site.siteFile, 'utf8');
    const line = words.split('\n').findIndex((each) => each.includes('unit: 2')) + 1;
    writeFileSync(site.siteFile, words.replace('unit: 2', 'unit: two'));
    const { mistakes } = await logged(gateway, 'the new configuration has mistakes');
    expect(mistakes).toEqual([
      expect.objectContaining({ file: site.siteFile, line, message: '"unit" must be a number, not "two"' }),
    ]);
    await askOn(running);
    expect(conversations(running)).toEqual(UNDISTURBED);
    site.write(sketch([pump(1), pump(2, { poll: { fast: 30 } }), pump(3)]));
    expect((await logged(gateway, APPLIED))['change']).toMatchObject({ devices: { changed: ['p2'] } });
  });

  it('takes a device that it no longer names off the broker, and brings one that it names online', async () => {
    const running = await runningGateway();
    const { site, sketch, gateway, mqttUrl, pumps } = running;
    const watched = await retained(mqttUrl);
    await until(() => watched.get('point/p3/decimals'), 'p3 to be on the broker');
    site.write(sketch([pump(1), pump(2), pump(4)]));
    const { change } = await logged(gateway, APPLIED);
    expect(change).toMatchObject({ buses: UNTOUCHED, devices: { added: ['p4'], removed: ['p3'], changed: [] } });
    await until(() => watched.get('device/p4/status')?.includes('online'), 'p4 to be online');
    await until(() => watched.get('point/p4/decimals')?.includes('"value":3'), 'the values of p4');
    const ofP3 = (messages: Map<string, string>): [string, string][] =>
      [...messages].filter(([topic]) => topic.includes('/p3/'));
    await until(() => ofP3(watched).every(([, payload]) => payload === ''), 'the topics of p3 to be deleted');
    const newcomer = await retained(mqttUrl);
    await until(() => newcomer.has('point/p4/decimals'), 'a newcomer to be told');
    expect(ofP3(newcomer)).toEqual([]);
    const asked = pumps.requests(3);
    await askOn(running);
    expect(pumps.requests(3)).toBe(asked);
    expect(conversations(running)).toEqual(UNDISTURBED);
  });

  it('tells nothing of a device that it switches off, and all of it again once it is on', async () => {
    const running = await runningGateway();
    const { site, sketch, mqttUrl } = running;
    const watched = await retained(mqttUrl);
    const shows = (words: string) => () => watched.get('point/p3/decimals')?.includes(words);
    await until(shows('"value":3'), 'the values of p3');
    site.write(sketch([pump(1), pump(2), pump(3, { enabled: false })]));
    await until(() => watched.get('device/p3/status')?.includes('disabled'), 'p3 to be off');
    await until(shows('"value":null'), 'p3 to show nothing');
    expect(watched.get('point/p3/decimals')).toContain('switched off in the configuration');
    site.write(sketch([pump(1), pump(2), pump(3)]));
    await until(shows('"value":3'), 'the values of p3 again');
    await askOn(running);
    expect(conversations(running)).toEqual({ ...UNDISTURBED, p3: 2 });
  });

  it('opens anew the one bus whose settings it changes, with its devices', async () => {
    const running = await runningGateway();
    const { site, sketch, gateway } = running;
    site.write(sketch([pump(1), pump(2), pump(3)], { replyTimeoutMs: 700 }));
    await logged(gateway, APPLIED);
    await askOn(running);
    expect(conversations(running)).toEqual({ p1: 2, p2: 2, p3: 2, io: 1, pumps: 2, lifts: 1 });
  });
});

describe('a device profile that changes while the gateway runs', () => {
  it('gives new sessions to the devices of that model alone', async () => {
    const running = await runningGateway();
    const { site, gateway } = running;
    const file = join(site.folder, 'profiles', 'pressure-transmitter.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"deadband": 0.005', '"deadband": 0.01'));
    const { change } = await logged(gateway, APPLIED);
    expect(change).toMatchObject({ buses: UNTOUCHED, devices: { ...UNTOUCHED, changed: ['p1', 'p2', 'p3'] } });
    await askOn(running);
    expect(conversations(running)).toEqual({ p1: 2, p2: 2, p3: 2, io: 1, pumps: 1, lifts: 1 });
  });
});
