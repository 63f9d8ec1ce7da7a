/** A valve that is commanded over a real bus, on a line with echo where answers get lost. */
import { afterEach, expect, it } from 'vitest';
import { Bus } from '../../gateway/bus/bus.ts';
import { createLink } from '../../gateway/bus/link.ts';
import { tcpTransport } from '../../gateway/bus/tcp.ts';
import { systemClock } from '../../gateway/clock.ts';
import { busSchema, deviceSchema } from '../../gateway/config/schema.ts';
import { until } from '../../gateway/testing/programs.ts';
import { coldWaterMeter } from '../../simulators/cjt188/meters.ts';
import { nothing } from '../../simulators/metering/drawn.ts';
import { portOf } from '../../simulators/testing/master.ts';
import { timeFrom } from '../../simulators/testing/meter-time.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import type { Link } from '../contract.ts';
import { cjt188 } from './driver.ts';
import { parseCjt188Profile } from './parse-profile.ts';

const ADDRESS = '00201510270588';
const MOTOR_MS = 150;
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const PROFILE = {
  ...{ id: 'sample', driver: 'cjt188', maker: 'Sample', model: 'S-1', nameZh: '样表', verified: 'manual' },
  manual: { title: 'Sample manual', edition: '1', pages: '1' },
  meter: { type: '10' },
  valve: { motorMs: 100 },
  points: [
    { key: 'valve', nameZh: '阀门', item: '901F', field: 'valve' },
    { key: 'batteryLow', nameZh: '电池', item: '901F', field: 'batteryLow' },
  ],
};

async function station(isStuck: boolean) {
  const valve = { control: 0x04, motorMs: MOTOR_MS, isStuck } as const;
  const meter = coldWaterMeter({ id: 'd', address: ADDRESS, time: timeFrom('2026-11-15T10:00:00'), drawn: nothing, model: { valve, replyDelayMs: 3 } }); // prettier-ignore
  const line = await startSerialLine({ devices: [meter], paced: false, faults: { echo: 1 } });
  ends.push(() => line.close());
  const breaker = { failures: 100, firstBackoffMs: 10, maxBackoffMs: 10 };
  const port = portOf(line);
  const bus = new Bus(
    tcpTransport('127.0.0.1', port),
    { id: 'b', interByteTimeoutMs: 20, echo: true, breaker, silenceLimit: 0 },
    systemClock,
  );
  bus.start();
  ends.push(() => bus.stop());
  await until(() => bus.state === 'open', 'the bus to open');
  const where = { type: 'tcp-serial', host: '127.0.0.1', port, baud: 115_200, replyTimeoutMs: 80 };
  const config = busSchema.parse({ id: 'b', ...where });
  const device = deviceSchema.parse({ id: 'd', bus: 'b', address: ADDRESS, profile: 'sample' });
  const link = createLink(bus, config, device, systemClock, { priority: 'command' });
  const parsed = parseCjt188Profile(PROFILE);
  if (!parsed.ok) throw new Error(parsed.mistakes[0]?.message);
  const cost = { byteMs: 0.1, overheadMs: 3 };
  const session = cjt188.open({
    device: 'd',
    address: ADDRESS,
    profile: parsed.profile,
    medium: 'line',
    cost,
    knowledge: {},
  });
  const written: string[] = [];
  const tapped: Link = {
    ...link,
    exchange: (exchange) => {
      if (exchange.effect === true) written.push('write');
      return link.exchange(exchange);
    },
  };
  return { session, link: tapped, line, written };
}

it('closes and opens a valve, and says what its status says then', async () => {
  const { session, link } = await station(false);
  expect((await session.execute({ action: 'closeValve' }, link)).seen).toMatchObject([
    { point: 'valve', value: 'closed' },
    { point: 'batteryLow', value: false },
  ]);
  expect((await session.execute({ action: 'openValve' }, link)).seen[0]).toMatchObject({ value: 'open' });
});

it('commands a valve once, although the line swallows the answer', async () => {
  const { session, link, line, written } = await station(false);
  await session.poll(session.plan()[0] ?? expect.fail('no plan'), link);
  const closing = session.execute({ action: 'closeValve' }, link);
  line.behaviour.setDeviceFaults('d', { silence: 1 });
  await until(() => written.length > 0, 'the command to leave');
  // The reply time of the command is over before the motor is.
  setTimeout(() => line.behaviour.setDeviceFaults('d', {}), 130);
  expect((await closing).seen[0]).toMatchObject({ value: 'closed' });
  expect(written).toHaveLength(1);
});

it('tells of a valve that is stuck as not closed, and never as done', async () => {
  const { session, link, written } = await station(true);
  await expect(session.execute({ action: 'closeValve' }, link)).rejects.toMatchObject({
    code: 'unconfirmed',
    message: expect.stringMatching(/the valve is not closed: status 0[03]00 says (fault|open)/) as string,
  });
  expect(written).toHaveLength(1);
});
