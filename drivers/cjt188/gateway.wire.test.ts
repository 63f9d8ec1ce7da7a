/** The gateway on a line of simulated meters, each of its own kind and with its own vice. */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import type { Gateway } from '../../gateway/main.ts';
import { until } from '../../gateway/testing/programs.ts';
import { busOn, createSite } from '../../gateway/testing/site.ts';
import {
  coldWaterMeter,
  gasMeter,
  heatMeter,
  hotWaterMeter,
  reclaimedWaterMeter,
} from '../../simulators/cjt188/meters.ts';
import { UNIT } from '../../simulators/cjt188/model.ts';
import { nothing } from '../../simulators/metering/drawn.ts';
import { at, drawnAt, timeFrom } from '../../simulators/testing/meter-time.ts';
import type { Faults } from '../../simulators/wire/faults.ts';
import type { Line } from '../../simulators/wire/line.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';

const running: { close?: () => Promise<void>; stop?: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of running.splice(0).reverse()) await (each.stop?.() ?? each.close?.());
});

const time = timeFrom('2026-11-15T10:00:00');
/** Of litres, or kJ: 500 m³ or 500 MJ before the last settlement day, and that much again after it. */
const twice = (local: number): readonly number[] => [
  (drawnAt('2026-10-10T00:00:00', 500_000)(local)[0] ?? 0) + (drawnAt('2026-11-10T00:00:00', 500_000)(local)[0] ?? 0),
];
const address = (n: number): string => String(n).padStart(14, '0');
const common = (n: number) => ({ id: `m${n}`, address: address(n), time, drawn: twice, initial: 1_234 });
const heat = (n: number) => ({
  ...{ id: `m${n}`, address: address(n), time, heat: twice, heatingWater: drawnAt('2026-10-10T00:00:00', 7_156_080) },
  ...{ initial: 1_234, worksSince: at('2026-11-14T10:00:00') },
  momentary: { power: 1_250, flow: 6_972, supply: 4_521, back: 3_543 },
});
const valve = { control: 0x04, motorMs: 250, isStuck: false } as const;

const prompt = { replyDelayMs: 3 };

const METERS = [
  { profile: 'cjt188-cold-water-valve', meter: coldWaterMeter({ ...common(1), model: { ...prompt, valve } }) },
  { profile: 'cjt188-cold-water', meter: coldWaterMeter({ ...common(2), model: { ...prompt, diOrder: 'low' } }) },
  {
    profile: 'cjt188-hot-water',
    meter: hotWaterMeter({ ...common(3), initial: 1_200, unit: UNIT.litre, model: prompt }),
  },
  { profile: 'cjt188-reclaimed-water', meter: reclaimedWaterMeter({ ...common(4), model: { ...prompt, ser: 'own' } }) },
  { profile: 'cjt188-gas', meter: gasMeter({ ...common(5), model: { ...prompt, diOrder: 'crossed', refusal: 0 } }) },
  {
    profile: 'cjt188-heat-2004',
    meter: heatMeter({ ...heat(6), model: { ...prompt, answersTo: [0x20], meterType: 0x25 } }),
  },
  {
    profile: 'cjt188-heat-2018',
    meter: heatMeter({ ...heat(7), layout: '2018', model: { ...prompt, edition: '2018', diOrder: 'low' } }),
  },
  {
    profile: 'cjt188-heat-unit-first',
    meter: heatMeter({ ...heat(8), layout: 'unitFirst', powerUnit: UNIT.watt, model: prompt }),
  },
];

const BUS = {
  ...{ id: 'b', type: 'tcp-serial', baud: 115_200, format: '8E1' },
  ...{ replyTimeoutMs: 100, interByteTimeoutMs: 20, turnaroundMs: 3 },
};
const POLL = { slow: 600, rare: 3_000 };
/** Of what fails again and again: the usual rests of minutes are longer than a test waits. */
const NO_REST = { failures: 1_000, firstBackoffMs: 500, maxBackoffMs: 1_000 };

async function gatewayOn(meters: typeof METERS, faults: Faults = {}, bus: object = {}) {
  const line: Line = await startSerialLine({ devices: meters.map(({ meter }) => meter), paced: false, faults });
  running.push(line);
  const devices = meters.map(({ profile, meter: { id } }) => ({
    id,
    bus: 'b',
    profile,
    address: address(Number(id.slice(1))),
  }));
  const site = createSite({ buses: [busOn(line, { ...BUS, ...bus })], devices, poll: POLL });
  const gateway = await site.start();
  running.push(gateway);
  return { gateway, line, site };
}

function point(gateway: Gateway, device: string, key: string) {
  const row = gateway.store.points.get(device, key);
  return row && [row.value, row.unit, row.quality];
}

const has = (gateway: Gateway, device: string, key: string, value: unknown): Promise<unknown> =>
  until(() => point(gateway, device, key)?.[0] === value, `${device} ${key} to be ${String(value)}`, 20_000);

describe('the gateway', () => {
  it('reads each kind of meter on one line, whatever its order of DI, its T, its SER and its units', async () => {
    const { gateway } = await gatewayOn(METERS);
    for (const device of ['m1', 'm2', 'm4', 'm5']) await has(gateway, device, 'volume', 1012.34);
    // A million litres are one more than its register shows: it has rolled over.
    await has(gateway, 'm3', 'volume', 0.012);
    expect(point(gateway, 'm3', 'settlementVolume')).toEqual([500.012, 'm3', 'good']);
    for (const device of ['m6', 'm7', 'm8']) {
      // 1 000 000 kJ are 277.78 kWh.
      await has(gateway, device, 'heatEnergy', 290.11);
      expect(point(gateway, device, 'supplyTemperature')).toEqual([45.21, '°C', 'good']);
      expect(point(gateway, device, 'operatingTime')).toEqual([24, 'h', 'good']);
    }
    for (const device of ['m6', 'm8']) expect(point(gateway, device, 'volumeFlow')).toEqual([0.6972, 'm3/h', 'good']);
    expect(point(gateway, 'm6', 'heatPower')).toEqual([12.5, 'kW', 'good']);
    expect(point(gateway, 'm8', 'heatPower')).toEqual([0.0125, 'kW', 'good']);
    expect(point(gateway, 'm1', 'settlementVolume')).toEqual([512.34, 'm3', 'good']);
    expect(point(gateway, 'm1', 'batteryLow')).toEqual([false, null, 'good']);
    expect(point(gateway, 'm1', 'valve')).toEqual(['open', null, 'good']);
    expect(point(gateway, 'm1', 'meterClock')?.[0]).toMatch(/^2026-11-15T10:/);
    await has(gateway, 'm2', 'settlementVolume1', 512.34);
    for (const { meter } of METERS) expect(gateway.store.devices.get(meter.id)?.state, meter.id).toBe('online');
  });

  it('keeps what it has found out across a restart', async () => {
    const { gateway, site } = await gatewayOn(METERS.slice(1, 2));
    await has(gateway, 'm2', 'settlementDay', 1);
    await gateway.recorder.flush();
    expect(gateway.store.devices.get('m2')?.knowledge).toMatchObject({ diOrder: 'low', settlementDay: 1 });
    await gateway.stop();
    running.pop();
    const again = await site.start();
    running.push(again);
    await until(() => (again.field.statistics()[0]?.exchanges ?? 0) > 5, 'some exchanges');
    expect(again.field.statistics()[0]?.errors.timeout ?? 0).toBe(0);
  });

  it('learns anew of another meter that takes the place of one', async () => {
    const other = coldWaterMeter({ ...common(9), model: prompt });
    const { gateway, site } = await gatewayOn([...METERS.slice(1, 2), { profile: 'cjt188-cold-water', meter: other }]);
    await has(gateway, 'm2', 'settlementDay', 1);
    await gateway.recorder.flush();
    const text = readFileSync(site.siteFile, 'utf8');
    const withoutNine = text.replace(/ {2}- id: m9\n(?: {4}.*\n)+/, '');
    writeFileSync(site.siteFile, withoutNine.replace(address(2), address(9)));
    await gateway.reload();
    const figures = () => gateway.field.statistics()[0]?.devices.find(({ device }) => device === 'm2');
    await until(() => (figures()?.exchanges ?? 0) > 5, 'some exchanges');
    expect(figures()?.errors.timeout ?? 0).toBe(0);
    await gateway.recorder.flush();
    expect(gateway.store.devices.get('m2')?.knowledge).toMatchObject({ diOrder: 'high' });
  });

  it('never stores a value that no meter has, whatever mixture of faults there is', async () => {
    const some = 0.06;
    const faults = {
      ...{ silence: some, late: some, lateMs: 200, twice: some, truncate: some, badChecksum: some, garbage: some },
      ...{ wakeUp: some, split: some, foreignReply: some, wrongUnit: some, wrongFunction: some, merge: some },
      ...{ wrongItem: some, wrongDigits: some, failure: some },
    };
    const { gateway } = await gatewayOn(METERS, faults, { breaker: NO_REST });
    await until(() => (gateway.field.statistics()[0]?.exchanges ?? 0) > 250, '250 exchanges', 60_000);
    for (const { meter } of METERS) {
      await until(() => point(gateway, meter.id, 'volume')?.[2] === 'good', `${meter.id} to have a volume`, 20_000);
    }
    await gateway.recorder.flush();
    const stored = (device: string, key: string): Set<unknown> => {
      const rows = gateway.store.history.list({ device, point: key, from: 0, to: Date.now(), limit: 10_000 });
      return new Set(rows.map(({ value }) => value).filter((value) => value !== null));
    };
    for (const { meter } of METERS) {
      for (const key of ['volume', 'settlementVolume', 'heatEnergy', 'settlementHeatEnergy']) {
        expect(stored(meter.id, key).size, `${meter.id} ${key}`).toBeLessThanOrEqual(1);
      }
      expect(stored(meter.id, 'volume').size, `${meter.id} volume`).toBe(1);
    }
  }, 90_000);
});

it('takes a meter for lost that is dead, and only that one', async () => {
  const dead = {
    profile: 'cjt188-cold-water',
    meter: coldWaterMeter({ ...common(9), drawn: nothing, model: { ...prompt, deadFrom: 0 } }),
  };
  const { gateway } = await gatewayOn([...METERS.slice(0, 1), dead]);
  await until(() => gateway.store.devices.get('m9')?.state === 'offline', 'm9 to be lost');
  expect(point(gateway, 'm9', 'volume')).toEqual([null, 'm3', 'bad']);
  await has(gateway, 'm1', 'volume', 1012.34);
  expect(gateway.store.devices.get('m1')?.state).toBe('online');
});
