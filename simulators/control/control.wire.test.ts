import { lstat, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { freePortOffset, launchSimulators, type Launched } from '../testing/launch.ts';

let root = '';
let simulators: Launched;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'simulators-'));
  const offset = String(freePortOffset());
  simulators = await launchSimulators(['--root', root, '--port-offset', offset, '--size', 'large']);
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

const faulty = z.object({ id: z.string(), faults: z.record(z.string(), z.number()) });
const state = z.object({ lines: z.array(faulty.extend({ devices: z.array(faulty) })) });
const edges = z.array(z.object({ device: z.string(), channel: z.number(), level: z.boolean(), at: z.number() }));

describe('the control port', () => {
  it('shows every line and device of the large community', async () => {
    const { lines } = state.parse((await call('GET', '/state')).body);
    expect(lines).toHaveLength(22);
    expect(lines.flatMap(({ devices }) => devices)).toHaveLength(25 + 300);
  });

  it('presses a contact, and the ledger has both edges at their times', async () => {
    const before = Date.now();
    await call('POST', '/devices/lift-io-2/contacts/4', { pressMs: 50 });
    const pressed = await vi.waitFor(async () => {
      const { body } = await call('GET', '/ledger');
      const found = edges.parse(body['edges']).filter(({ device }) => device === 'lift-io-2');
      expect(found).toHaveLength(2);
      return found;
    });
    expect(pressed.map(({ channel, level }) => [channel, level])).toEqual([
      [4, true],
      [4, false],
    ]);
    const [closed, opened] = pressed;
    expect(Math.abs((opened?.at ?? 0) - (closed?.at ?? 0) - 50)).toBeLessThanOrEqual(1);
    expect(closed?.at).toBeGreaterThanOrEqual(before - 5);
  });

  it('gives the ledger from a number on', async () => {
    await call('POST', '/devices/lift-io-1/contacts/0', { level: true });
    const { body } = await call('GET', '/ledger');
    const last =
      z
        .array(z.object({ n: z.number() }))
        .parse(body['edges'])
        .at(-1)?.n ?? 0;
    expect((await call('GET', `/ledger?since=${last}`)).body['edges']).toEqual([]);
  });

  it('plays a scenario by its name and announces its steps', async () => {
    const name = 'a person trapped in lift 3-2';
    const { status, body } = await call('POST', `/scenarios/${encodeURIComponent(name)}`, { speed: 100 });
    expect(status).toBe(202);
    expect(body['name']).toBe(name);
    await vi.waitFor(() => expect(simulators.said.filter((line) => line.includes(name))).toHaveLength(3), 5_000);
  });

  it('plays a scenario once at a time, and another beside it', async () => {
    const path = `/scenarios/${encodeURIComponent('sump is flooding')}`;
    const both = await Promise.all([call('POST', path, { speed: 20 }), call('POST', path)]);
    expect(both.map(({ status }) => status).sort()).toEqual([202, 409]);
    const refused = both.find(({ status }) => status === 409);
    expect(refused?.body['error']).toMatch(/^"sump is flooding" is being played, for another \d+ s$/);
    const other = `/scenarios/${encodeURIComponent('lift contact chatters')}`;
    expect((await call('POST', other, { speed: 1_000 })).status).toBe(202);
  });

  it('plays a scenario again when it has ended', async () => {
    const path = `/scenarios/${encodeURIComponent('booster pump trips')}`;
    expect((await call('POST', path, { speed: 1_000 })).status).toBe(202);
    await vi.waitFor(async () => expect((await call('POST', path, { speed: 1_000 })).status).toBe(202), 5_000);
  });

  it('pulls a pseudo-terminal and puts it back', async () => {
    const path = join(root, 'var/sim/barriers');
    expect((await call('POST', '/lines/barriers/unplug')).body['plugged']).toBe(false);
    await expect(lstat(path)).rejects.toThrow('ENOENT');
    expect((await call('POST', '/lines/barriers/plug')).body['plugged']).toBe(true);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
  });

  it('sets faults of a line and of a device, and shows them', async () => {
    await call('PUT', '/lines/power/faults', { late: 0.5, lateMs: 900 });
    await call('PUT', '/devices/meter-main/faults', { silence: 1 });
    const { lines } = state.parse((await call('GET', '/state')).body);
    expect(lines.find(({ id }) => id === 'power')).toEqual({
      id: 'power',
      faults: { late: 0.5, lateMs: 900 },
      devices: [
        { id: 'genset', faults: {} },
        { id: 'meter-main', faults: { silence: 1 } },
      ],
    });
  });

  it('reads and sets raw words', async () => {
    await call('PUT', '/devices/genset-standby/words', { table: 'holding', address: 0x0403, words: [12] });
    const { body } = await call('GET', '/devices/genset-standby/words?table=holding&address=1027&count=1');
    expect(body).toEqual({ table: 'holding', address: 1027, words: [12] });
  });

  it('cuts the power of a device: its counters are gone', async () => {
    await call('PUT', '/devices/lift-io-1/words', { table: 'input', address: 0x0010, words: [0, 7] });
    await call('POST', '/devices/lift-io-1/restart');
    const { body } = await call('GET', '/devices/lift-io-1/words?table=input&address=16&count=2');
    expect(body['words']).toEqual([0, 0]);
  });

  it.each([
    ['POST', '/lines/nowhere/plug', undefined, 404, 'there is no line nowhere'],
    ['POST', '/scenarios/no%20such', undefined, 404, 'there is no scenario "no such"'],
    ['PUT', '/lines/power/faults', { silent: 1 }, 400, 'silent'],
    ['PUT', '/lines/power/faults', { echo: 0.5 }, 400, 'echo'],
    ['PUT', '/lines/power/faults', { halfOpen: 0.5 }, 400, 'halfOpen'],
    ['POST', '/devices/lift-io-3/contacts/12', { level: true }, 400, 'there is no channel 12: 0 to 11'],
    ['POST', '/devices/meter-main/contacts/0', { level: true }, 404, 'meter-main has no contacts'],
    ['GET', '/devices/drive-mid/words?table=holding&address=1', undefined, 400, 'holding 1 is not in this image'],
  ] as const)('answers %s %s with what is wrong', async (method, path, sent, status, words) => {
    const answer = await call(method, path, sent);
    expect(answer.status).toBe(status);
    expect(String(answer.body['error'])).toContain(words);
  });
});
