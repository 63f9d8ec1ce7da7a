/** The metered community as a process: its meters on their wires, and what the control port says of them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { wireReply, wireRequest } from '../testing/dlt645-frames.ts';
import { freePortOffset, launchSimulators, type Launched } from '../testing/launch.ts';
import { Master } from '../testing/master.ts';

let root = '';
let simulators: Launched;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'simulators-'));
  const size = ['--size', 'metering', '--homes', '4', '--homes-per-line', '2', '--heated-homes', '1', '--no-pty'];
  const time = ['--start', '2026-10-31T22:00:00', '--speed', '0.001'];
  simulators = await launchSimulators(['--root', root, '--port-offset', String(freePortOffset()), ...size, ...time]);
});
afterAll(async () => {
  await simulators.stop();
  await rm(root, { recursive: true });
});

async function call(method: string, path: string, body?: unknown) {
  const response = await fetch(`${simulators.control}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const listed = z.object({
  meters: z.array(
    z.object({ id: z.string(), home: z.string(), utility: z.string(), line: z.string(), address: z.string() }),
  ),
});
const dialed = z.object({ local: z.string(), dial: z.record(z.string(), z.union([z.string(), z.boolean()])) });

async function dial(id: string, at?: string): Promise<z.infer<typeof dialed>> {
  return dialed.parse((await call('GET', `/devices/${id}/dial${at === undefined ? '' : `?at=${at}`}`)).body);
}

describe('metered homes', () => {
  it('are listed with their meters', async () => {
    const { meters } = listed.parse((await call('GET', '/meters')).body);
    expect(meters.slice(0, 4).map(({ id, line }) => `${id} ${line}`)).toEqual([
      'e-1-1-101 electricity-01',
      'e-1-1-102 electricity-01',
      'w-1-1-101 water-gas-01',
      'g-1-1-101 water-gas-01',
    ]);
    expect(meters.slice(12).map(({ id, line }) => `${id} ${line}`)).toEqual([
      'h-1-1-101 heating-mbus',
      'hw-1-1-101 heating-mbus',
      'rw-1-1-101 heating-cjt188',
    ]);
  });

  it('a meter says on its wire what stands on its dial', async () => {
    const { meters } = listed.parse((await call('GET', '/meters')).body);
    const [meter] = meters;
    const port = simulators.lines.find(({ id }) => id === meter?.line)?.port;
    if (meter === undefined || port === undefined) throw new Error('no meter');
    const master = await Master.connect(port);
    try {
      master.send(wireRequest(meter.address, '11', '00000100'));
      const { data } = wireReply(await master.take(4 + 20));
      const digits = data.slice(8).match(/../g)?.reverse().join('') ?? '';
      const { dial: shown } = await dial(meter.id);
      expect(Number(digits) / 100).toBe(Number(shown['1-0:1.8.0']));
    } finally {
      master.close();
    }
  });

  it('the state says the address and the protocol of each', async () => {
    const { lines } = z
      .object({ lines: z.array(z.object({ id: z.string(), devices: z.array(z.record(z.string(), z.unknown())) })) })
      .parse((await call('GET', '/state')).body);
    const [stairs, first] = lines.find(({ id }) => id === 'electricity-01')?.devices ?? [];
    expect(stairs).toMatchObject({ id: 'stairs-01', unit: 1 });
    expect(first).toMatchObject({ id: 'e-1-1-101', address: '330524000001', protocol: 'dlt645' });
    expect((await call('GET', '/devices/e-1-1-101/words?table=holding&address=0')).status).toBe(404);
  });

  it('time can be moved forward, and dials asked for as they were', async () => {
    expect((await call('GET', '/time')).body).toMatchObject({ speed: 0.001 });
    const before = await dial('w-1-1-101');
    expect(before.local).toMatch(/^2026-10-31T22:00:/);
    expect((await call('PUT', '/time', { local: '2026-12-01T00:30:00' })).body).toMatchObject({ speed: 0.001 });
    const after = await dial('w-1-1-101');
    const november = await dial('w-1-1-101', '2026-11-01T00:00:00');
    expect(Number(after.dial['8-0:1.0.0'])).toBeGreaterThan(Number(november.dial['8-0:1.0.0']));
    expect(await dial('w-1-1-101', before.local)).toEqual(before);
    expect(await call('PUT', '/time', { local: '2026-11-01T00:00:00' })).toMatchObject({
      status: 400,
      body: { error: 'time does not go back' },
    });
    for (const wrong of ['2027-01-01T00:00:00', 'yesterday']) {
      expect((await call('GET', `/devices/w-1-1-101/dial?at=${wrong}`)).status).toBe(400);
    }
  });

  it('a meter has a button, a module has none, and no device without a dial shows one', async () => {
    expect((await call('POST', '/devices/e-1-1-101/press')).status).toBe(200);
    expect((await call('POST', '/devices/lift-io-1/press')).status).toBe(404);
    expect((await call('GET', '/devices/lift-io-1/dial')).status).toBe(404);
  });
});
