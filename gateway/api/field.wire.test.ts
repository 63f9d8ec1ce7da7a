import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await createGateway();
  gateway.recorder.record({
    device: 'pump',
    deviceState: { state: 'offline', reason: '3 polls in a row: no answer', since: START, lastGood: START - 60_000 },
  });
  await gateway.reading('pump', 'mode', 1, START);
  await gateway.reading('pump', 'frequency', null, START, 'Hz');
});
afterAll(() => gateway.close());

async function get<T = unknown>(url: string): Promise<T> {
  const answer = await gateway.app.inject(`/api/v1${url}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<T>();
}

it('describes the site and the gateway', async () => {
  expect(await get('/site')).toEqual({
    ...{ id: 'east-garden', nameZh: '东苑', timezone: 'Asia/Shanghai', version: '0.1.0', bootId: 'boot-1' },
    ...{ now: '2026-01-01T00:00:00.000Z', epoch: START / 1000, seq: 0 },
    counts: { buses: 3, devices: 3, alarms: 2 },
    equipment: [{ id: 'lift-1', nameZh: '一号电梯', kind: 'lift', location: '一栋' }],
    broker: { type: 'embedded', url: 'mqtt://127.0.0.1:1883', prefix: 'community/east-garden', online: true },
  });
});

describe('buses', () => {
  it('says why a bus is down, and what its figures suggest', async () => {
    const { items } = await get<{ items: object[] }>('/buses');
    expect(items).toMatchObject([
      { id: 'lifts', address: '192.0.2.10:502', state: 'open', hint: 'it echoes', utilisation: 0.25, budget: 0.4 },
      { id: 'pump-room', address: '/dev/ttyS1 9600 8N1', state: 'closed', reason: 'no such port', devices: 2 },
      { id: 'meters', state: 'closed', reason: 'it has not been started', utilisation: null, budget: null },
    ]);
  });

  it('gives one bus with its figures, its schedule and its devices', async () => {
    expect(await get('/buses/lifts')).toMatchObject({
      statistics: { exchanges: 120, errors: { timeout: 3 }, latencyMs: { p50: 12, p95: 30, p99: 45, max: 60 } },
      schedule: { exchangesPerSecond: 2, loads: [{ device: 'lift-io', poll: 'alarm', wireMs: 200 }] },
      devices: [{ id: 'lift-io' }],
    });
    expect(await get('/buses/meters')).toMatchObject({ statistics: null, schedule: null, devices: [] });
  });
});

describe('devices', () => {
  it('answers for every device that is configured, heard of or not', async () => {
    const { items } = await get<{ items: object[] }>('/devices');
    expect(items).toMatchObject([
      { id: 'lift-io', state: 'unknown', reason: 'not asked yet', since: null, modelZh: '输入模块', location: '机房' },
      { id: 'pump', state: 'offline', reason: '3 polls in a row: no answer', lastGood: '2025-12-31T23:59:00.000Z' },
      { id: 'spare', state: 'disabled', reason: 'switched off in the configuration', enabled: false },
    ]);
  });

  it.each([
    ['?bus=pump-room', ['pump', 'spare'], 2],
    ['?state=offline', ['pump'], 1],
    ['?bus=lifts&state=offline', [], 0],
    ['?limit=1&offset=1', ['pump'], 3],
  ])('%s: %j of %d', async (query, ids, total) => {
    const page = await get<{ total: number; items: { id: string }[] }>(`/devices${query}`);
    expect([page.items.map(({ id }) => id), page.total]).toEqual([ids, total]);
  });

  it('gives one device with its points, what it can be told, and its figures', async () => {
    expect(await get('/devices/lift-io')).toMatchObject({
      inputs: [{ channel: 0, source: 'lift-1', alarm: 'lift.carAlarm', invert: false }],
      commands: [],
      statistics: { lastError: { code: 'timeout', at: '2026-01-01T00:00:00.000Z' }, breaker: 'closed' },
    });
    expect(await get('/devices/pump')).toMatchObject({
      points: [{ point: 'frequency' }, { point: 'mode' }],
      statistics: null,
      commands: [
        { action: 'start', nameZh: '启动', value: null },
        { action: 'relay', value: { type: 'boolean' } },
        { action: 'frequency', value: { type: 'number', min: 0, max: 50 } },
        { action: 'mode', value: { type: 'enum', values: [0, 1] } },
        { action: 'cut', supply: true, value: null },
      ],
    });
  });
});

describe('points', () => {
  const mode = { device: 'pump', point: 'mode', nameZh: '模式', value: 1, label: '运行', quality: 'good' };

  it('gives a value with its unit, quality, source time and meaning', async () => {
    expect(await get('/points/pump/mode')).toEqual({ ...mode, unit: null, at: '2026-01-01T00:00:00.000Z' });
  });

  it('gives null with a reason where a value is unknown, and never 0', async () => {
    expect(await get('/points/pump/frequency')).toMatchObject({ value: null, quality: 'bad', reason: 'no answer' });
    expect(await get('/points/lift-io/di0')).toMatchObject({ value: null, reason: 'no value yet', at: null });
  });

  it('lists the points of all devices, or of one, and none that is only written', async () => {
    expect(await get('/points')).toMatchObject({ total: 6 });
    expect(await get('/points?device=pump&limit=1')).toMatchObject({ total: 2, items: [{ point: 'frequency' }] });
    expect(await get('/devices/pump/points')).toMatchObject({ items: [{ unit: 'Hz' }, mode] });
    const written = await gateway.app.inject('/api/v1/points/pump/startCommand');
    expect([written.statusCode, written.json()]).toMatchObject([404, { error: { code: 'unknownPoint' } }]);
  });
});
