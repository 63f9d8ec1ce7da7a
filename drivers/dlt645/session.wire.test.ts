/** Meters of both versions, polled by profile behind a serial device server that echoes, on a line with noise and strangers. */
import { createServer, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { Bus } from '../../gateway/bus/bus.ts';
import { createLink } from '../../gateway/bus/link.ts';
import { tcpTransport } from '../../gateway/bus/tcp.ts';
import { systemClock } from '../../gateway/clock.ts';
import { busSchema, deviceSchema } from '../../gateway/config/schema.ts';
import { lineCost } from '../../gateway/config/wire-time.ts';
import { Poller } from '../../gateway/ingest/poll.ts';
import { until } from '../../gateway/testing/programs.ts';
import type { Knowledge, Reading } from '../contract.ts';
import { dlt645 } from './driver.ts';
import { answerOf, byteMeter, clockItems, type ByteMeter } from './testing/byte-meter.ts';
import { CLOCK, RELAY_OPEN, TARIFF_1, TOTAL, profileOf } from './testing/sample-profile.ts';
import { fromHex } from './testing/vectors.ts';
import { wireFrame } from './testing/wire-frame.ts';

const PERIOD_MS = 50;
const BREAKER = { failures: 3, firstBackoffMs: 100, maxBackoffMs: 200 };
const PROFILE = profileOf([TOTAL, TARIFF_1, RELAY_OPEN, CLOCK], {
  actions: [{ key: 'tripRelay', nameZh: '拉闸', relay: 'trip' }],
});
const NEW_ITEMS = {
  ...clockItems('2026-11-02 08:15:30'),
  '00010000': '56341200',
  '04000503': '5000',
  '040005FF': '0000 0000 5000 0000 0000 0000 0000',
};
const OLD_ITEMS = { ...clockItems('2026-11-02 08:15:30', '1997'), '9010': '75660000', '901F': '75660000 00010000 aa' };

/** Echo, noise, a stranger's late reply and wake-up bytes come before each reply, which comes in pieces. */
async function carry(meters: readonly ByteMeter[], socket: Socket, request: Buffer): Promise<void> {
  socket.write(request);
  for (const reply of meters.map((meter) => answerOf(meter, request)).filter(({ length }) => length > 0)) {
    const stranger = wireFrame('000000000162', 0x91, '00000100 99999999');
    for (const part of [fromHex('00ff16'), stranger, fromHex('fefefefe'), reply.subarray(0, 7), reply.subarray(7)]) {
      await sleep(1);
      if (socket.writable) socket.write(part);
    }
  }
}

interface Site {
  readonly add: (meter: ByteMeter, knowledge?: Knowledge) => void;
  readonly bus: Bus;
  /** What was seen last of each point, by device and point. */
  readonly seen: ReadonlyMap<string, Reading>;
  readonly states: ReadonlyMap<string, string>;
  readonly learned: ReadonlyMap<string, Knowledge>;
  readonly trip: (meter: ByteMeter) => Promise<unknown>;
}

let site: Site;

beforeEach(async () => {
  const meters: ByteMeter[] = [];
  let turn: Promise<void> = Promise.resolve();
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (request) => {
      turn = turn.then(() => carry(meters, socket, Buffer.from(request)));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 115200, replyTimeoutMs: 60 };
  const busConfig = busSchema.parse({ id: 'b', ...where, echo: true, breaker: BREAKER });
  const settings = { id: 'b', interByteTimeoutMs: 20, echo: true, breaker: BREAKER, silenceLimit: 0 };
  const bus = new Bus(tcpTransport('127.0.0.1', port), settings, systemClock);
  bus.start();
  onTestFinished(() => bus.stop());
  await until(() => bus.state === 'open', 'the line to open');
  const seen = new Map<string, Reading>();
  const states = new Map<string, string>();
  const learned = new Map<string, Knowledge>();
  const poller = new Poller({
    clock: systemClock,
    archiveEveryMs: 1_000_000,
    observe: ({ device, seen: readings, observation }) => {
      for (const reading of readings) seen.set(`${device} ${reading.point}`, reading);
      if (observation.deviceState) states.set(device, observation.deviceState.state);
      if (observation.knowledge) learned.set(device, observation.knowledge);
    },
  });
  onTestFinished(() => poller.stop());
  const periods = { alarm: PERIOD_MS, fast: PERIOD_MS, normal: PERIOD_MS, slow: PERIOD_MS, rare: PERIOD_MS };
  const opened = (meter: ByteMeter, knowledge: Knowledge) => {
    const id = `m${meter.address}`;
    const config = deviceSchema.parse({ id, bus: 'b', address: meter.address, profile: PROFILE.id });
    const cost = lineCost(busConfig, config);
    const setup = { device: id, address: meter.address, profile: PROFILE, medium: 'line', knowledge, cost } as const;
    return { config, session: dlt645.open(setup) };
  };
  site = {
    ...{ bus, seen, states, learned },
    add: (meter, knowledge = {}) => {
      meters.push(meter);
      const { config, session } = opened(meter, knowledge);
      poller.add({ config, session, profile: PROFILE, bus, busConfig, periods, baselines: new Map() });
    },
    trip: (meter) => {
      const { config, session } = opened(meter, {});
      const link = createLink(bus, busConfig, config, systemClock, { priority: 'command' });
      return session.execute({ action: 'tripRelay' }, link);
    },
  };
});

const NEW = '000000000161';
const OLD = '010003635927';

it('polls meters of both versions with one profile, each in its own way', async () => {
  site.add(byteMeter(NEW, NEW_ITEMS));
  site.add({ ...byteMeter(OLD, OLD_ITEMS), version: '1997' });
  const quality = (meter: string, point: string) => site.seen.get(`m${meter} ${point}`)?.quality;
  await until(() => quality(NEW, 'importEnergy') === 'good' && quality(OLD, 'importEnergy') === 'good', 'both');
  await until(() => quality(NEW, 'relayOpen') === 'good' && quality(OLD, 'meterClock') === 'good', 'all of them');
  await until(() => quality(NEW, 'importEnergyTariff1') === 'bad', 'what the new one does not have');
  expect(site.seen.get(`m${NEW} importEnergy`)).toMatchObject({ exact: '1234.56' });
  expect(site.seen.get(`m${NEW} relayOpen`)).toMatchObject({ value: true });
  expect(site.seen.get(`m${OLD} importEnergy`)).toMatchObject({ exact: '66.75' });
  expect(site.seen.get(`m${OLD} importEnergyTariff1`)).toMatchObject({ exact: '1.00' });
  expect(site.seen.get(`m${OLD} relayOpen`)).toMatchObject({
    quality: 'bad',
    reason: 'DL/T 645-1997 has no such item',
  });
  expect(site.learned.get(`m${NEW}`)).toMatchObject({ version: '2007', refusals: { '0001FF00': 3, '00010100': 3 } });
  expect(site.learned.get(`m${OLD}`)).toMatchObject({ version: '1997' });
  expect([...site.states.values()]).toEqual(['online', 'online']);
});

it('finds the version of a meter that was dead for long, with the one probe that it has', async () => {
  const meter: ByteMeter = { ...byteMeter(OLD, OLD_ITEMS), version: '1997', on: false };
  site.add(meter);
  await until(() => site.states.get(`m${OLD}`) === 'offline', 'it to be given up');
  const timeouts = (): number => site.bus.statistics().devices[0]?.errors.timeout ?? 0;
  await until(() => timeouts() >= BREAKER.failures + 3, 'three probes in vain');
  meter.on = true;
  await until(() => site.states.get(`m${OLD}`) === 'online', 'it to be back');
  expect(site.learned.get(`m${OLD}`)).toMatchObject({ version: '1997' });
});

it('finds out that a meter was exchanged for one of the other version', async () => {
  const meter = byteMeter(NEW, NEW_ITEMS);
  site.add(meter, { version: '2007', refusals: { '0001FF00': 3 } });
  await until(() => site.states.get(`m${NEW}`) === 'online', 'it to answer');
  meter.on = false;
  await until(() => site.states.get(`m${NEW}`) === 'offline', 'it to be gone');
  meter.version = '1997';
  meter.items = OLD_ITEMS;
  meter.on = true;
  await until(() => site.seen.get(`m${NEW} importEnergy`)?.exact === '66.75', 'the register of the other one');
  expect(site.learned.get(`m${NEW}`)).toMatchObject({ version: '1997', refusals: {} });
});

it('trips by the clock and the status word of the meter, while it is polled', async () => {
  const meter = byteMeter(NEW, NEW_ITEMS);
  site.add(meter);
  await until(() => site.states.get(`m${NEW}`) === 'online', 'it to answer');
  expect(await site.trip(meter)).toMatchObject({ seen: [{ point: 'relayOpen', value: true, quality: 'good' }] });
  expect(meter.commands).toHaveLength(1);
});
