/** A fire alarm, from the contact of its controller to barriers that are seen to be open, and to the record of it. */
import { expect, it, onTestFinished } from 'vitest';
import type { Gateway } from '../main.ts';
import type { EventRow } from '../store/rows.ts';
import { until } from '../testing/programs.ts';
import { FIRE, fireSite } from './testing/fire-site.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { readStored } from './testing/stored.ts';

const FAILED = 'north--fire-releaseFailed--open';

async function start(site: Awaited<ReturnType<typeof fireSite>>['site'], devices: readonly string[]): Promise<Gateway> {
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  for (const device of devices) {
    await until(() => gateway.store.devices.get(device)?.state === 'online', `${device} to be online`);
  }
  return gateway;
}

const letter = (gateway: Gateway, alarm: string) => gateway.store.alarms.get(alarm)?.letter;
const journal = ({ store }: Gateway): EventRow[] => store.events.list({ domain: 'fire', limit: 100 }).reverse();
const types = (gateway: Gateway) => journal(gateway).map(({ type, source }) => `${type} ${source}`);
const told = (gateway: Gateway, what: string) => until(() => types(gateway).includes(what), what);

/** Somebody acknowledges and resets the alarm, whose contact is open again. */
async function reset({ decide, store }: Gateway, alarm: string): Promise<void> {
  await until(() => store.alarms.get(alarm)?.letter === 'E', `${alarm} to be gone`);
  for (const verb of ['ack', 'reset'] as const) {
    const { occurrenceId, rev } = store.alarms.get(alarm) ?? { occurrenceId: null, rev: 0 };
    expect(await decide({ verb, alarm, occurrenceId, rev, by: 'li', note: 'false alarm' })).toMatchObject({ ok: true });
  }
}

function guard(gateway: Gateway, device: string, action: string) {
  return gateway.submitCommand({ device, action, by: 'guard', via: 'api' });
}

/** The end of a guard's command. */
async function outcome(gateway: Gateway, device: string, action: string): Promise<string> {
  const taken = await guard(gateway, device, action);
  if (!taken.ok) return taken.code;
  return until(() => {
    const row = gateway.store.commands.get(taken.row.id);
    return row?.finishedAt ? `${row.state} ${row.error ?? ''}`.trim() : null;
  }, `the end of ${action}`);
}

it('opens both barriers, keeps them open until it is reset, and closes nothing then', async () => {
  const { site, main, north, fire, isOpen } = await fireSite();
  const gateway = await start(site, ['io', 'main', 'north']);
  fire(true);
  await isOpen(main, north);
  await told(gateway, 'releaseAnswered main');
  await told(gateway, 'releaseAnswered north');
  const answered = journal(gateway).find(({ type, source }) => type === 'releaseAnswered' && source === 'main');
  expect(answered?.data).toMatchObject({ alarm: FIRE, action: 'open', seen: [{ point: 'status', value: 'open' }] });
  const rows = gateway.store.commands.list({ before: Number.MAX_SAFE_INTEGER, limit: 9 });
  expect(rows.map(({ via, by, state }) => [via, by, state])).toEqual(Array(2).fill(['fire', 'gateway', 'done']));

  const close = await fetch(`${gateway.apiUrl}/api/v1/devices/main/commands`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ action: 'close', by: 'guard' }),
  });
  expect([close.status, await close.json()]).toMatchObject([409, { error: { code: 'heldOpen' } }]);
  expect(await outcome(gateway, 'north', 'stop')).toBe('heldOpen');
  expect(await outcome(gateway, 'north', 'open')).toBe('done');

  fire(false);
  await reset(gateway, FIRE);
  await told(gateway, 'releaseEnded fire-1');
  expect([main.arm.state, north.arm.state]).toEqual(['open', 'open']);
  const records = await (await fetch(`${gateway.apiUrl}/api/v1/fire-releases`)).json();
  expect(records).toMatchObject({
    items: [
      {
        alarm: FIRE,
        answered: 2,
        endedAt: expect.any(String) as string,
        targets: [{ device: 'main' }, { device: 'north' }],
      },
    ],
  });
  expect(await outcome(gateway, 'north', 'close')).toBe('done');
  expect(north.arm.state).toBe('closed');
});

it('raises an alarm for the barrier that does not answer, goes on asking, and ends it with the answer', async () => {
  const { site, line, main, north, fire, isOpen } = await fireSite();
  const gateway = await start(site, ['io', 'main', 'north']);
  line.behaviour.setDeviceFaults('north', { silence: 1 });
  fire(true);
  await isOpen(main);
  await until(() => letter(gateway, FAILED) === 'B', 'the alarm of what is not open');
  await told(gateway, 'releaseFailed north');
  expect(gateway.store.alarms.get(FAILED)).toMatchObject({ priority: 2, source: 'north' });
  line.behaviour.setDeviceFaults('north', {});
  await told(gateway, 'releaseAnswered north');
  await isOpen(main, north);
  await until(() => letter(gateway, FAILED) === 'D', 'the alarm to be gone');
  const tries = gateway.store.commands.list({ device: 'north', before: Number.MAX_SAFE_INTEGER, limit: 50 });
  expect(tries.length).toBeGreaterThan(1);
  expect(new Set(tries.map(({ id }) => id)).size).toBe(tries.length);
});

it('opens what hangs on a line that was down, once that is back', async () => {
  const { site, line, main, north, fire, isOpen } = await fireSite();
  await line.unplug();
  const gateway = await start(site, ['io']);
  fire(true);
  await told(gateway, 'releaseFailed main');
  await told(gateway, 'releaseFailed north');
  await line.plug();
  await isOpen(main, north);
  await told(gateway, 'releaseAnswered main');
  await told(gateway, 'releaseAnswered north');
});

it('calls off a closing that is under way or waits, and opens again what somebody closes by hand', async () => {
  const { site, main, north, fire, isOpen } = await fireSite();
  const gateway = await start(site, ['io', 'main', 'north']);
  for (const device of ['main', 'north']) expect(await outcome(gateway, device, 'open')).toBe('done');
  // It is told to close, and never gets there: what waits for it to be closed would wait for ten seconds.
  north.arm.obstruct(true);
  const closing = outcome(gateway, 'north', 'close');
  await until(() => north.arm.state === 'closing', 'the barrier to be closing');
  fire(true);
  expect(await closing).toMatch(/^failed sent; north is held open by the alarm fire-1--fire-alarm/);
  north.arm.obstruct(false);
  await isOpen(main, north);
  await told(gateway, 'releaseAnswered north');
  await told(gateway, 'releaseAnswered main');
  main.arm.close();
  await told(gateway, 'releaseLost main');
  await until(
    () => types(gateway).filter((what) => what === 'releaseAnswered main').length === 2,
    'it to be open again',
  );
  await isOpen(main, north);
});

it('opens for a zone what is named for it, and for each alarm anew', async () => {
  const targets = [
    { device: 'main', action: 'open' },
    { device: 'north', action: 'open', sources: ['fire-2'] },
  ];
  const { site, main, north, fire, isOpen } = await fireSite({ targets });
  const gateway = await start(site, ['io', 'main', 'north']);
  fire(true);
  await told(gateway, 'releaseAnswered main');
  expect(north.arm.state).toBe('closed');
  expect(await outcome(gateway, 'north', 'stop')).toBe('done');
  fire(true, 2);
  await isOpen(main, north);
  await told(gateway, 'releaseAnswered north');
  await until(() => types(gateway).filter((what) => what === 'releaseAnswered main').length === 2, 'main, for both');
});

it('opens what comes into the site file while the alarm stands', async () => {
  const { site, rewrite, main, north, fire, isOpen } = await fireSite({
    targets: [{ device: 'main', action: 'open' }],
  });
  const gateway = await start(site, ['io', 'main', 'north']);
  fire(true);
  await told(gateway, 'releaseAnswered main');
  expect(north.arm.state).toBe('closed');
  rewrite({});
  await gateway.reload();
  await isOpen(main, north);
  await told(gateway, 'releaseAnswered north');
});

it('opens for an alarm that stands already, once the site file says that such alarms open anything', async () => {
  const { site, rewrite, main, north, fire, isOpen } = await fireSite({ alarms: ['power.loss'] });
  const gateway = await start(site, ['io', 'main', 'north']);
  const started = performance.now();
  await until(() => performance.now() - started > 2_000, 'the look after the start to be over');
  fire(true);
  await until(() => letter(gateway, FIRE) === 'B', 'the alarm');
  expect(types(gateway)).toEqual([]);
  rewrite({});
  await gateway.reload();
  // Sooner than anything else happens that it would look at.
  await until(() => types(gateway).includes('releaseAsked north'), 'both to be told', 5_000);
  await isOpen(main, north);
  await told(gateway, 'releaseAnswered north');
});

it('goes on after a kill between the alarm and the answer, and leaves nothing out', async () => {
  const { site, line, main, north, fire, isOpen } = await fireSite();
  line.behaviour.faults = { silence: 1 };
  const first = new GatewayProcess(site.siteFile);
  await first.ready;
  fire(true);
  const events = () => readStored(site.storeFile).events;
  await until(
    () => events().some(({ domain, type }) => domain === 'alarm' && type === 'raise'),
    'the alarm to be stored',
  );
  await first.kill();
  expect(events().some(({ type }) => type === 'releaseAnswered')).toBe(false);
  main.arm.close();
  north.arm.close();
  line.behaviour.faults = {};

  const second = new GatewayProcess(site.siteFile);
  await second.ready;
  await isOpen(main, north);
  await until(
    () => events().filter(({ type }) => type === 'releaseAnswered').length === 2,
    'both to be known to be open',
  );
  const asked = events().filter(({ type }) => type === 'releaseAsked');
  expect(new Set(asked.map(({ source }) => source))).toEqual(new Set(['main', 'north']));
  // And it does not begin anew: what was answered is known.
  await second.kill();
  const third = new GatewayProcess(site.siteFile);
  const { apiUrl } = await third.ready;
  const close = await fetch(`${apiUrl}/api/v1/devices/main/commands`, {
    ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
    body: JSON.stringify({ action: 'close', by: 'guard' }),
  });
  expect(close.status).toBe(409);
  await third.stop();
  expect(events().filter(({ type }) => type === 'releaseAnswered')).toHaveLength(2);
});
