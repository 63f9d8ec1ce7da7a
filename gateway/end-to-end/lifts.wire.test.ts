/** A lift with a filter and tests, from the contacts of its module to the feed, and over a kill. */
import { expect, it, onTestFinished } from 'vitest';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { until } from '../testing/programs.ts';
import { busOn, type SiteSketch } from '../testing/site.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { Operator } from './testing/operator.ts';
import { newSite } from './testing/site.ts';
import { readStored } from './testing/stored.ts';

const LIFT = 'lift-1--lift-carAlarm';
const [BUTTON, DOOR, MOTION] = [0, 1, 2];

async function lift(more: Pick<SiteSketch, 'liftTests'> = {}) {
  const module = moxaE1210({ id: 'io', unit: 1 });
  const line = await startTcpServer({ devices: [module] });
  onTestFinished(() => line.close());
  const site = newSite({
    buses: [busOn(line, { id: 'lifts', type: 'modbus-tcp' })],
    equipment: [{ id: 'lift-1', nameZh: '1号梯', kind: 'lift', filter: {} }],
    devices: [
      {
        ...{ id: 'io', bus: 'lifts', unit: 1, profile: 'moxa-iologik-e1210' },
        inputs: [
          { channel: BUTTON, source: 'lift-1', alarm: 'lift.carAlarm' },
          { channel: DOOR, source: 'lift-1', signal: 'doorOpen' },
          { channel: MOTION, source: 'lift-1', signal: 'running' },
        ],
      },
    ],
    poll: { alarm: 50, slow: 500 },
    broker: { port: 0 },
    ...more,
  });
  const set = (doorOpen: boolean, running: boolean): void => {
    module.contacts.set(DOOR, doorOpen, performance.now());
    module.contacts.set(MOTION, running, performance.now());
  };
  const press = (): void => module.contacts.press(BUTTON, 80, performance.now());
  const events = () => readStored(site.storeFile).events;
  const told = (type: string) => until(() => events().find((event) => event.type === type), `an event ${type}`);
  return { site, set, press, events, told };
}

async function watch(gateway: GatewayProcess): Promise<Operator> {
  const operator = await Operator.at((await gateway.ready).mqttUrl);
  await operator.see('point/io/di0Count', ({ quality }) => quality === 'good');
  return operator;
}

it('leaves out and journals a press before open doors, announces one behind closed doors, and goes by the button alone', async () => {
  const { site, set, press, events, told } = await lift();
  set(true, false);
  const gateway = new GatewayProcess(site.siteFile);
  const operator = await watch(gateway);
  await operator.see('point/io/di1', ({ value }) => value === true || value === 1);
  press();
  await operator.see<{ data: unknown }>('event/lift/pressFiltered', ({ data }) => data !== undefined);
  expect((await told('pressFiltered')).data).toEqual({ alarm: LIFT, why: 'doorOpen', presses: 1 });
  expect(events().some(({ domain }) => domain === 'alarm')).toBe(false);

  set(false, false);
  await operator.see('point/io/di1', ({ value }) => value === false || value === 0);
  press();
  await operator.seeAlarm(LIFT, 'E');
  const pulses = events().filter(({ domain }) => domain === 'input');
  expect(new Set(pulses.map(({ data }) => data['channel']))).toEqual(new Set([BUTTON]));
  await gateway.stop();
});

it('announces after a kill what it had held back', async () => {
  const { site, set, press, told } = await lift();
  set(false, true);
  const first = new GatewayProcess(site.siteFile);
  const operator = await watch(first);
  await operator.see('point/io/di2', ({ value }) => value === true || value === 1);
  press();
  await told('pressHeldBack');
  await first.kill();

  const second = new GatewayProcess(site.siteFile);
  const again = await Operator.at((await second.ready).mqttUrl);
  expect(await again.seeAlarm(LIFT, 'E')).toMatchObject({ detectedAfterOutage: true, count: 1 });
  await second.stop();
});

it('has a drill that arrives and is confirmed, and asks nothing of anybody', async () => {
  const { site, events, told } = await lift({ liftTests: {} });
  const gateway = new GatewayProcess(site.siteFile);
  const operator = await watch(gateway);
  await operator.see('event/lift/testConfirmed', () => true);
  const confirmed = await told('testConfirmed');
  expect(confirmed).toMatchObject({ domain: 'lift', source: 'lift-1', data: { alarm: 'lift-1--lift-test' } });
  expect(await operator.seeAlarm('lift-1--lift-test', 'A')).toMatchObject({ drill: true, ackedBy: 'gateway' });
  const drills = events().filter(({ domain }) => domain === 'alarm');
  expect(drills.map(({ type, data }) => [type, data['drill']])).toEqual([
    ['raise', true],
    ['ack', true],
    ['clear', true],
  ]);
  await gateway.stop();
});
