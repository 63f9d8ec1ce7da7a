/** Commands against a simulated barrier on a serial line: their result is what was seen, and they are never late or repeated. */
import { afterEach, describe, expect, it } from 'vitest';
import { relayBarrier } from '../../simulators/devices/relay-barrier.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import type { Gateway } from '../main.ts';
import type { CommandRow } from '../store/rows.ts';
import { until } from '../testing/programs.ts';
import { busOn, createSite, type TestSite } from '../testing/site.ts';

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0).reverse()) await stop();
});

const LOOP = 2;
const ILLEGAL_VALUE = 3;
const GATEWAY_TARGET_FAILED = 11;
const UNPLUGGED_PORT = { address: { host: '127.0.0.1', port: 1 } };

async function barrier(faults = {}) {
  const device = relayBarrier({ id: 'barrier', unit: 8, travelMs: 400 });
  const line = await startSerialLine({ devices: [device], paced: false, faults });
  running.push(() => line.close());
  return { device, line };
}

function siteOn(line: Parameters<typeof busOn>[0], bus = {}): TestSite {
  const settings = { id: 'b', type: 'tcp-serial', baud: 115200, turnaroundMs: 2, replyTimeoutMs: 150, ...bus };
  return createSite({
    buses: [busOn(line, settings)],
    devices: [{ id: 'barrier', bus: 'b', unit: 8, profile: 'relay-barrier' }],
    poll: { alarm: 100, fast: 500, normal: 500, slow: 500 },
  });
}

async function start(site: TestSite): Promise<Gateway> {
  const gateway = await site.start();
  running.push(() => gateway.stop());
  return gateway;
}

function give(gateway: Gateway, action: string, more: object = {}) {
  return gateway.submitCommand({ device: 'barrier', action, by: 'guard', via: 'api', ...more });
}

/** The end of a command that was accepted. */
async function outcome(gateway: Gateway, action: string, more: object = {}): Promise<CommandRow> {
  const acceptance = await give(gateway, action, more);
  if (!acceptance.ok) throw new Error(acceptance.message);
  const { id } = acceptance.row;
  return until(
    () => {
      const row = gateway.store.commands.get(id);
      return row && row.state !== 'accepted' && row.state !== 'sent' && row;
    },
    `the end of ${action}`,
    15_000,
  );
}

describe('a command', () => {
  it('is done when its effect has been seen, and its relay is released', async () => {
    const { device, line } = await barrier();
    const gateway = await start(siteOn(line));
    await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
    const row = await outcome(gateway, 'open');
    expect([row.state, row.error]).toEqual(['done', null]);
    expect(row.result).toEqual({ seen: [expect.objectContaining({ point: 'openLimit', value: true })] });
    expect(device.arm.state).toBe('open');
    expect(device.image.read('coil', 0, 3)).toEqual([0, 0, 0]);
    const [event] = gateway.store.events.list({ domain: 'command', limit: 1 });
    expect(event).toMatchObject({ type: 'done', source: 'barrier', data: { id: row.id, by: 'guard' } });
  });

  it('fails with the reason when the effect does not come', async () => {
    const { device, line } = await barrier();
    device.write = () => 'taken';
    const gateway = await start(siteOn(line));
    await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
    const row = await outcome(gateway, 'openNothing').catch((error: unknown) => error);
    expect(row).toMatchObject({ message: expect.stringContaining('it has: ') as string });
    const failed = await outcome(gateway, 'open');
    expect(failed.state).toBe('failed');
    expect(failed.error).toMatch(/^sent; after 10 s openLimit is still not as it should be: false/);
  });

  it('never closes the barrier while the loop is occupied or unknown', async () => {
    const { device, line } = await barrier();
    const gateway = await start(siteOn(line));
    await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
    await outcome(gateway, 'open');
    device.contacts.set(LOOP, true, line.behaviour.clock.monotonic());
    const refused = await outcome(gateway, 'close');
    expect([refused.state, refused.error, refused.sentAt]).toEqual([
      'failed',
      'not sent: interlock: loop is true',
      null,
    ]);
    line.behaviour.faults = { silence: 1 };
    const unknown = await outcome(gateway, 'close');
    expect([unknown.state, unknown.sentAt]).toEqual(['failed', null]);
    expect(device.arm.state).toBe('open');
  });

  it('is carried out once when the same id comes twice, and refused when it comes with another action', async () => {
    const { device, line } = await barrier();
    const gateway = await start(siteOn(line));
    await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
    const first = outcome(gateway, 'open', { id: 'cmd-1' });
    expect(await give(gateway, 'open', { id: 'cmd-1' })).toMatchObject({ ok: true, repeated: true });
    expect(await give(gateway, 'stop', { id: 'cmd-1' })).toMatchObject({ ok: false, code: 'conflict' });
    expect((await first).state).toBe('done');
    expect(gateway.store.events.list({ domain: 'command', limit: 9 })).toHaveLength(1);
    expect(device.arm.state).toBe('open');
  });

  it('is never sent after its expiry', async () => {
    const { device, line } = await barrier({ late: 1, lateMs: 400 });
    const gateway = await start(siteOn(line, { replyTimeoutMs: 800, retries: 0 }));
    await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online', 20_000);
    const rows = await Promise.all([
      outcome(gateway, 'open', { expiresInMs: 1 }),
      outcome(gateway, 'close', { expiresInMs: 2 }),
    ]);
    expect(rows.map(({ state, sentAt }) => [state, sentAt])).toEqual([
      ['expired', null],
      ['expired', null],
    ]);
    expect(device.arm.state).toBe('closed');
  });

  it('fails at once, unsent, when its line is not connected', async () => {
    const gateway = await start(siteOn(UNPLUGGED_PORT));
    await until(() => gateway.field.statistics()[0]?.reason, 'the line to be given up for now');
    const row = await outcome(gateway, 'open');
    expect([row.state, row.sentAt]).toEqual(['failed', null]);
    expect(row.error).toMatch(/^not sent: 127\.0\.0\.1:1: refused/);
  });

  it.each([
    ['an unknown device', { device: 'nobody' }, 'unknownDevice'],
    ['an unknown action', { action: 'explode' }, 'unknownAction'],
    ['a relay that an action owns', { action: 'closeRelay', value: true }, 'unknownAction'],
    ['a value where none belongs', { value: 3 }, 'badValue'],
    ['an expiry of an hour', { expiresInMs: 3_600_000 }, 'badExpiry'],
    ['an expiry in the past', { expiresInMs: -1 }, 'badExpiry'],
    ['an id with a slash', { id: 'a/b' }, 'badId'],
  ])('is refused with a reason and leaves no row: %s', async (_, request, code) => {
    const gateway = await start(siteOn(UNPLUGGED_PORT));
    expect(await give(gateway, 'open', request)).toMatchObject({ ok: false, code });
    expect(gateway.store.commands.list({ before: Infinity, limit: 9 })).toEqual([]);
  });

  it('that a restart finds marked as sent is not sent again; one that is over its time expires', async () => {
    const { device, line } = await barrier();
    const site = siteOn(line);
    const before = await site.start();
    await until(() => before.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
    const now = Date.now();
    const command = { device: 'barrier', action: 'open', value: null, by: 'guard', via: 'api', acceptedAt: now };
    await before.store.write('acceptCommand', { ...command, id: 'sent', expiresAt: now + 60_000 }, 9);
    await before.store.write('markSent', 'sent', now);
    await before.store.write('acceptCommand', { ...command, id: 'late', expiresAt: now }, 9);
    await before.stop();
    const after = await start(site);
    await until(() => after.store.devices.get('barrier')?.state === 'online', 'the barrier to be online again');
    await until(() => after.store.commands.unfinished().length === 0, 'both to end');
    expect(after.store.commands.get('sent')).toMatchObject({
      state: 'failed',
      error: expect.stringContaining('not repeated') as string,
    });
    expect(after.store.commands.get('late')?.state).toBe('expired');
    expect(device.arm.state).toBe('closed');
  });
});

it('is counted where it is refused, repeated or over, whichever way it came', async () => {
  const { line } = await barrier();
  const gateway = await start(siteOn(line));
  await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
  await outcome(gateway, 'open', { id: 'cmd-1' });
  await give(gateway, 'open', { id: 'cmd-1' });
  const body = JSON.stringify({ action: 'open', by: 'guard' });
  const url = `${gateway.apiUrl}/api/v1/devices/barier/commands`;
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect(await answer.json()).toMatchObject({
    error: { code: 'unknownDevice', message: expect.stringContaining('"barrier"') as string },
  });
  const metrics = await (await fetch(`${gateway.apiUrl}/api/v1/metrics`)).text();
  expect(metrics.match(/^gatehouse_commands_.*[1-9]$/gm)).toEqual([
    'gatehouse_commands_refused_total{code="unknownDevice"} 1',
    'gatehouse_commands_repeated_total 1',
    'gatehouse_commands_finished_total{state="done"} 1',
  ]);
});

describe('a relay that was closed', () => {
  it('is opened again even when the answer to the first write was lost', async () => {
    const { device, line } = await barrier();
    const gateway = await start(siteOn(line, { retries: 0 }));
    await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
    let muteNext = true;
    const write = device.write?.bind(device);
    device.write = (asked, now) => {
      // The device carries the first write out, and its answer is lost on the way.
      line.behaviour.faults = muteNext ? { silence: 1 } : {};
      muteNext = false;
      return write?.(asked, now) ?? 'store';
    };
    setTimeout(() => (line.behaviour.faults = {}), 400);
    const row = await outcome(gateway, 'open');
    expect(row.state).toBe('failed');
    expect(device.image.read('coil', 0, 1)).toEqual([0]);
  });

  it('is opened again when a gateway in between says that the device did not answer, which may have acted', async () => {
    const { device, line } = await barrier();
    const gateway = await start(siteOn(line, { retries: 0 }));
    await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
    const write = device.write?.bind(device);
    let first = true;
    device.write = (asked, now) => {
      const verdict = write?.(asked, now) ?? 'store';
      if (!first) return verdict;
      first = false;
      device.image.put('coil', 0, [1]);
      return GATEWAY_TARGET_FAILED;
    };
    const row = await outcome(gateway, 'open');
    expect([row.state, row.error]).toEqual(['failed', expect.stringContaining('exception 11') as string]);
    expect(device.image.read('coil', 0, 1)).toEqual([0]);
  });

  it('is opened again before the gateway stops, and no command is taken meanwhile', async () => {
    const { device, line } = await barrier();
    const gateway = await siteOn(line).start();
    await until(() => gateway.store.devices.get('barrier')?.state === 'online', 'the barrier to be online');
    await give(gateway, 'open');
    await until(() => device.image.read('coil', 0, 1)[0] === 1, 'the relay to be closed');
    const stopped = gateway.stop();
    await stopped;
    expect(device.image.read('coil', 0, 1)).toEqual([0]);
  });
});

describe('a set-up that is refused', () => {
  it('leaves the device readable, and says so', async () => {
    const { device, line } = await barrier();
    device.image.put('coil', 1, [1]);
    device.write = () => ILLEGAL_VALUE;
    const gateway = await start(siteOn(line));
    const row = await until(() => {
      const found = gateway.store.devices.get('barrier');
      return found?.state === 'degraded' && found;
    }, 'the barrier to be degraded');
    expect(row.reason).toMatch(/refuses to be set up: closeRelay: .*exception 3/);
    await until(
      () => gateway.store.points.get('barrier', 'closedLimit')?.value === true,
      'its limit switch to be read',
    );
  });
});
