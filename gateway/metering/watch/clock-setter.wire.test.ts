/** Meters whose clocks are off, on real lines: told, set where the site allows it, and read again. */
import { afterEach, expect, it } from 'vitest';
import { dlt645Meter } from '../../../simulators/dlt645/meter.ts';
import { coldWaterMeter } from '../../../simulators/cjt188/meters.ts';
import { MeterClock } from '../../../simulators/metering/meter-clock.ts';
import { createRegister } from '../../../simulators/metering/register.ts';
import type { LineDevice } from '../../../simulators/wire/line-device.ts';
import { startSerialLine } from '../../../simulators/wire/serial-line.ts';
import type { Gateway } from '../../main.ts';
import { until } from '../../testing/programs.ts';
import { busOn, createSite } from '../../testing/site.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Wherever it is noon: no clock is set around midnight. */
const AHEAD_OF_UTC = 12 - new Date().getUTCHours();
const ZONE = `Etc/GMT${AHEAD_OF_UTC > 0 ? '-' : '+'}${Math.abs(AHEAD_OF_UTC)}`;
const TIME = {
  local: () => Date.now() + AHEAD_OF_UTC * 3_600_000,
  monotonic: (local: number) => local - AHEAD_OF_UTC * 3_600_000,
};

function electricity(address: string, aheadS: number): LineDevice {
  return dlt645Meter({
    ...{ id: address, address, time: TIME, replyDelayMs: 5 },
    clock: new MeterClock({ since: 0, aheadMs: aheadS * 1000 }),
    register: createRegister({ drawn: () => [0], initial: [1_000], modulus: 1e9 }),
  });
}

async function start(meters: readonly LineDevice[], devices: readonly object[], setClocks: boolean) {
  const line = await startSerialLine({ devices: meters, paced: false });
  closing.push(() => line.close());
  const site = createSite({
    site: { id: 'test', nameZh: '测试小区', timezone: ZONE },
    buses: [busOn(line, { id: 'b', type: 'tcp-serial', baud: 115200, turnaroundMs: 2 })],
    devices: devices.map((device) => ({ bus: 'b', ...device })),
    poll: { slow: 60_000, rare: 60_000 },
    metering: { setClocks },
  });
  const gateway = await site.start();
  closing.push(() => gateway.stop());
  return gateway;
}

function told({ store }: Gateway) {
  const events = store.events.list({ domain: 'meter', limit: 100 }).reverse();
  return events.map(({ type, source, data }) => ({ type, source, offS: data['offS'] }));
}

function audited({ store }: Gateway) {
  const rows = store.audit.list(Number.MAX_SAFE_INTEGER, 100).reverse();
  return rows.filter(({ what }) => what === 'meter.setClocks').map(({ detail }) => detail);
}

const NEAR: unknown = expect.closeTo(180, -1);
const HOUR: unknown = expect.closeTo(3600, -1);
const RIGHT: unknown = expect.closeTo(0, -1);
const DLT = { profile: 'dlt645-single-phase' };

it('sets the clocks of a line by one broadcast, and proves by reading which of them took it', async () => {
  const gateway = await start(
    [electricity('000000000001', 180), electricity('000000000002', 3600)],
    [
      { ...DLT, id: 'near', address: '000000000001' },
      { ...DLT, id: 'far', address: '000000000002' },
    ],
    true,
  );
  await until(() => audited(gateway).length >= 2, 'the clocks to be set and read');
  await until(() => told(gateway).length >= 3, 'what came of it');
  expect(told(gateway)).toEqual(
    expect.arrayContaining([
      { type: 'clockOff', source: 'near', offS: NEAR },
      { type: 'clockOff', source: 'far', offS: HOUR },
      { type: 'clockRight', source: 'near', offS: RIGHT },
    ]),
  );
  const [sent] = audited(gateway);
  expect(sent).toMatchObject({ key: 'bus b', reach: 'line', because: 'near', offS: NEAR });
  expect(audited(gateway).filter((detail) => 'local' in detail)).toHaveLength(1);
  const alarm = (device: string) => gateway.store.alarms.get(`${device}--meter-clock--meterClock`);
  await until(() => alarm('far')?.active === true && alarm('near')?.active === false, 'the alarms');
});

it('sets the clock of a water meter by itself, however far it is off', async () => {
  const meter = coldWaterMeter({
    ...{ id: 'w', address: '00000000000001', time: TIME, drawn: () => [0] },
    clock: { since: 0, aheadMs: 3_600_000 },
  });
  const gateway = await start([meter], [{ id: 'w', address: '00000000000001', profile: 'cjt188-cold-water' }], true);
  await until(() => told(gateway).some(({ type }) => type === 'clockRight'), 'the clock to be right');
  await until(() => audited(gateway).length === 2, 'the audit');
  expect(audited(gateway)).toMatchObject([
    { key: 'device w', reach: 'device', offS: HOUR },
    { key: 'device w', read: 1, stillOff: [] },
  ]);
});

it('tells of a clock and leaves it alone, unless the site allows more', async () => {
  const gateway = await start(
    [electricity('000000000001', 180)],
    [{ ...DLT, id: 'near', address: '000000000001' }],
    false,
  );
  await until(() => told(gateway).length > 0, 'the clock to be told of');
  await gateway.field.readNow('near', 'meterClock');
  await gateway.recorder.flush();
  expect(told(gateway)).toEqual([{ type: 'clockOff', source: 'near', offS: NEAR }]);
  expect(audited(gateway)).toEqual([]);
});

it('sets none while the meters agree with each other and not with the machine', async () => {
  const addresses = [1, 2, 3, 4, 5].map((n) => n.toString().padStart(12, '0'));
  const gateway = await start(
    addresses.map((address) => electricity(address, 180)),
    addresses.map((address) => ({ ...DLT, id: `m${Number(address)}`, address })),
    true,
  );
  await until(() => told(gateway).length >= 5, 'all clocks to be read');
  await until(() => audited(gateway).length >= 1, 'the reason to be told');
  expect(audited(gateway)).toEqual([
    { read: expect.any(Number) as number, clocks: 5, error: 'most meters show one time, and this machine another' },
  ]);
});
