/** A home whose zones are on a simulated module and a simulated line, armed over the API, and over a kill. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import { pressureTransmitter } from '../../simulators/devices/pressure-transmitter.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { until } from '../testing/programs.ts';
import { busOn } from '../testing/site.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { Operator } from './testing/operator.ts';
import { newSite } from './testing/site.ts';
import { readStored } from './testing/stored.ts';

const [DOOR, WINDOW, KEY] = [0, 1, 2];
const alarm = (type: string, zone: string): string => `flat--${type}--${zone}`;
const WINDOW_ALARM = alarm('home-intrusion', 'window');
const DOOR_ALARM = alarm('home-intrusion', 'door');

/** What the line shows, in thousandths: the register that the transmitter has its value in. */
const LINE_PROFILE = {
  ...{ id: 'line', driver: 'modbus', maker: 'none', model: 'supervised line', nameZh: '监视回路' },
  ...{ manual: { title: 'none: for this test', edition: '-', pages: '-' }, verified: 'second-hand' },
  points: [{ key: 'value', nameZh: '回路', poll: 'alarm', table: 'holding', address: 4, type: 'i16', scale: 0.001 }],
};

async function flat(entryS: number) {
  const module = moxaE1210({ id: 'io', unit: 1 });
  const line = pressureTransmitter({ id: 'line', unit: 2 });
  line.setPressureMPa(2.2);
  const server = await startTcpServer({ devices: [module, line] });
  onTestFinished(() => server.close());
  const contact = (id: string, kind: string, channel: number) => ({ id, nameZh: id, kind, device: 'io', channel });
  const eol = { normal: 2.2, alarm: 4.4, short: 0, open: 10, tolerance: 0.3 };
  const glass = { id: 'glass', nameZh: '玻璃', kind: 'instant', device: 'line', point: 'value', eol };
  const zones = [contact('door', 'delayed', DOOR), contact('window', 'instant', WINDOW), glass];
  const keyswitch = { device: 'io', channel: KEY };
  const site = newSite({
    buses: [busOn(server, { id: 'flat', type: 'modbus-tcp' })],
    equipment: [{ id: 'flat', nameZh: '1201', kind: 'home', security: { entryS, exitS: 0, keyswitch, zones } }],
    devices: [
      { id: 'io', bus: 'flat', unit: 1, profile: 'moxa-iologik-e1210' },
      { id: 'line', bus: 'flat', unit: 2, profile: 'line' },
    ],
    poll: { alarm: 100, slow: 500 },
    broker: { port: 0 },
  });
  writeFileSync(join(site.folder, 'profiles', 'line.json'), JSON.stringify(LINE_PROFILE));
  const set = (channel: number, closed: boolean): void => module.contacts.set(channel, closed, performance.now());
  const press = (channel: number): void => module.contacts.press(channel, 80, performance.now());
  const events = () => readStored(site.storeFile).events;
  const told = (type: string) => until(() => events().find((event) => event.type === type), `an event ${type}`);
  return { site, set, press, line, events, told };
}

async function start(siteFile: string) {
  const gateway = new GatewayProcess(siteFile);
  const { apiUrl, mqttUrl } = await gateway.ready;
  const operator = await Operator.at(mqttUrl);
  const ask = async (verb: string, body: object): Promise<number> => {
    const headers = { 'content-type': 'application/json' };
    const url = `${apiUrl}/api/v1/homes/flat/${verb}`;
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify({ by: 'li', ...body }) })).status;
  };
  /** As soon as every zone has been read, and is closed. */
  const arm = async (): Promise<void> => {
    let answer: number;
    do answer = await ask('arm', { mode: 'away' });
    while (answer === 409);
    expect(answer).toBe(200);
  };
  return { gateway, operator, arm, disarm: (duress = false) => ask('disarm', { duress }) };
}

it('raises for a window at once, for a door unless somebody disarms, and for a line that is cut', async () => {
  const { site, set, press, line, events, told } = await flat(60);
  const { gateway, operator, arm, disarm } = await start(site.siteFile);
  await arm();
  set(DOOR, true);
  await told('entryBegan');
  expect(await disarm()).toBe(200);
  expect((await told('disarmed')).data).toEqual({ by: 'li', mode: 'away', entered: ['door'] });
  set(DOOR, false);
  await arm();
  expect(events().filter(({ domain }) => domain === 'alarm')).toEqual([]);
  press(WINDOW);
  expect(await operator.seeAlarm(WINDOW_ALARM, 'B')).toMatchObject({ priority: 2, source: 'flat', count: 1 });
  line.setPressureMPa(10);
  await operator.seeAlarm(alarm('input-lineFault', 'glass'), 'B');
  line.setPressureMPa(4.4);
  await operator.seeAlarm(alarm('home-intrusion', 'glass'), 'B');

  expect(await disarm(true)).toBe(200);
  expect(await operator.seeAlarm('flat--home-duress', 'E')).toMatchObject({ priority: 1, count: 1 });
  expect(events().filter(({ type }) => type === 'disarmed')).toHaveLength(2);
  await gateway.stop();
});

it('is armed after a kill, waits once more for whoever has come in, and finds what was opened meanwhile', async () => {
  const { site, set, press, events, told } = await flat(2);
  const first = await start(site.siteFile);
  await first.arm();
  set(DOOR, true);
  await told('entryBegan');
  await first.gateway.kill();
  press(WINDOW);
  const { gateway, operator } = await start(site.siteFile);
  expect(await operator.seeAlarm(WINDOW_ALARM, 'E')).toMatchObject({ detectedAfterOutage: true });
  expect(await operator.seeAlarm(DOOR_ALARM, 'B')).toMatchObject({ detectedAfterOutage: true });
  const begun = events().filter(({ type }) => type === 'entryBegan');
  expect(begun.map(({ data }) => data['why'])).toEqual(['tripped', 'restarted']);
  await gateway.stop();
});

it('is armed and disarmed by its key', async () => {
  const { site, set, told } = await flat(60);
  const { gateway, operator } = await start(site.siteFile);
  await operator.see('point/line/value', ({ quality }) => quality === 'good');
  await operator.see('point/io/di2', ({ quality }) => quality === 'good');
  set(KEY, true);
  expect((await told('armed')).data).toMatchObject({ by: 'keyswitch', mode: 'away', bypassed: [], notRead: [] });
  set(KEY, false);
  expect((await told('disarmed')).data).toMatchObject({ by: 'keyswitch' });
  await gateway.stop();
});
