/** Homes are armed and disarmed over the API, on a real store; nobody but the control room is told of duress. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { flatSite } from '../home-security/testing/flat-site.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await createGateway({ config: () => flatSite() });
});
afterEach(() => gateway.close());

/** The zones of the flat as their module and their line show them. */
function read(open: readonly number[] = [], line = 2.2): void {
  const at = gateway.time.now;
  const good = { quality: 'good', at } as const;
  const levels = [0, 1, 2, 3, 4].map((channel) => ({ point: `di${channel}`, value: open.includes(channel), ...good }));
  const seen = { io: levels, line: [{ point: 'ai0', value: line, ...good }] };
  for (const [device, readings] of Object.entries(seen)) {
    gateway.engine.observe(gateway.homes.take({ device, seen: readings, pulses: [], observation: { device } }));
  }
}

async function post(path: string, payload: object) {
  const answer = await gateway.app.inject({ method: 'POST', url: `/api/v1/homes/${path}`, payload });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

async function get(path: string): Promise<unknown> {
  return (await gateway.app.inject(`/api/v1/${path}`)).json();
}

const AWAY = { by: 'li', mode: 'away' };
const [DOOR, WINDOW] = [0, 2];

it('arms a home whose zones are closed, and shows how it stands', async () => {
  read([DOOR]);
  const since = new Date(gateway.time.now).toISOString();
  const until = new Date(gateway.time.now + 45_000).toISOString();
  const { status, body } = await post('flat/arm', AWAY);
  expect([status, body['stored']]).toEqual([200, true]);
  const shown = {
    home: 'flat',
    mode: 'away',
    by: 'li',
    since,
    bypassed: [],
    delay: { kind: 'exit', until, zones: [] },
  };
  expect(body['security']).toMatchObject(shown);
  expect(await get('homes/flat/security')).toMatchObject({
    ...shown,
    zones: [
      { zone: 'door', kind: 'delayed', state: 'open' },
      { zone: 'hall', kind: 'follower', state: 'closed' },
      ...Array<unknown>(3)
        .fill({ state: 'closed' })
        .map((zone) => expect.objectContaining(zone as object) as unknown),
    ],
  });
  expect(await get('home-security')).toMatchObject({ total: 1, items: [shown] });
  expect(gateway.store.homes.list()).toMatchObject([{ home: 'flat', mode: 'away', exit: { again: false } }]);
});

it('says which zones keep it from being armed, and leaves out the open ones by force', async () => {
  read([WINDOW], 12);
  const zones = [
    { zone: 'window', state: 'open' },
    { zone: 'glass', state: 'broken' },
  ];
  expect(await post('flat/arm', AWAY)).toMatchObject({
    status: 409,
    body: { error: { code: 'zonesNotClosed', details: { zones } } },
  });
  expect(await post('flat/arm', { ...AWAY, force: true })).toMatchObject({
    status: 200,
    body: { security: { bypassed: ['window'] } },
  });
  const events = gateway.store.events.list({ domain: 'home', limit: 10 });
  expect(events.map(({ type, source, data }) => [type, source, data])).toEqual([
    ['zoneBypassed', 'flat', { zone: 'window', by: 'li' }],
    ['armed', 'flat', { mode: 'away', by: 'li', bypassed: ['window'], notRead: ['glass'] }],
  ]);
});

it('refuses another mode, a home without zones, and what is no mode', async () => {
  read();
  await post('flat/arm', AWAY);
  expect(await post('flat/arm', { ...AWAY, mode: 'stay' })).toMatchObject({
    status: 409,
    body: { error: { code: 'disarmFirst' } },
  });
  for (const path of ['flt/arm', 'flt/disarm']) {
    const body = path.endsWith('arm') && !path.endsWith('disarm') ? AWAY : { by: 'li' };
    expect(await post(path, body)).toMatchObject({ status: 404, body: { error: { code: 'homeNotGuarded' } } });
  }
  expect(await get('homes/flt/security')).toMatchObject({ error: { code: 'homeNotGuarded' } });
  expect(await post('flat/arm', { by: 'li', mode: 'night' })).toMatchObject({ status: 400 });
  expect(await post('flat/disarm', { by: '' })).toMatchObject({ status: 400 });
});

it('tells nobody of duress but by the alarm', async () => {
  const asked: unknown[] = [];
  for (const duress of [false, true]) {
    read();
    await post('flat/arm', AWAY);
    const answer = await post('flat/disarm', { by: 'li', duress });
    const [event] = gateway.store.events.list({ domain: 'home', limit: 1 });
    const [entry] = gateway.store.audit.list(Number.MAX_SAFE_INTEGER, 1);
    asked.push([answer, event?.type, event?.data, entry?.what, entry?.detail, await get('homes/flat/security')]);
  }
  expect(asked[1]).toEqual(asked[0]);
  expect(gateway.store.alarms.get('flat--home-duress')).toMatchObject({ letter: 'E', priority: 1, count: 1 });
  expect(JSON.stringify(asked)).not.toMatch(/duress/i);
});

it('keeps who armed and disarmed in the audit', async () => {
  read();
  await post('flat/arm', AWAY);
  await post('flat/disarm', { by: 'wang' });
  const rows = gateway.store.audit.list(Number.MAX_SAFE_INTEGER, 2).map(({ who, what, detail }) => [who, what, detail]);
  expect(rows).toEqual([
    ['wang', 'home.disarm', { home: 'flat', outcome: 'done' }],
    ['li', 'home.arm', { home: 'flat', mode: 'away', force: false, outcome: 'done' }],
  ]);
});
