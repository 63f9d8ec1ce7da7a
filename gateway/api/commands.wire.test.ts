import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await createGateway();
});
afterEach(() => gateway.close());

const submit = (body: object) =>
  gateway.app.inject({
    method: 'POST',
    url: '/api/v1/devices/pump/commands',
    payload: { action: 'frequency', value: 35, by: 'li', ...body },
  });
const get = async (url: string) => (await gateway.app.inject(`/api/v1${url}`)).json<unknown>();

it('is accepted as a row, and nothing waits for the wire', async () => {
  const answer = await submit({ commandId: 'c1', expiresInMs: 2_000 });
  expect([answer.statusCode, answer.headers.location]).toEqual([202, '/api/v1/commands/c1']);
  expect(answer.json()).toMatchObject({
    ...{ id: 'c1', device: 'pump', action: 'frequency', value: 35, by: 'li', via: 'api', state: 'accepted' },
    ...{ acceptedAt: '2026-01-01T00:00:00.000Z', expiresAt: '2026-01-01T00:00:02.000Z', sentAt: null },
  });
});

it('is the same command when its id is repeated', async () => {
  await submit({ commandId: 'c1' });
  const again = await submit({ commandId: 'c1' });
  expect([again.statusCode, again.json()]).toMatchObject([200, { id: 'c1', state: 'accepted' }]);
});

it('conflicts with another value under its id, and is told what the first was', async () => {
  await submit({ commandId: 'c1' });
  const other = await submit({ commandId: 'c1', value: 40 });
  expect([other.statusCode, other.json<{ error: { message: string } }>().error.message]).toEqual([
    409,
    'command c1 was already given, and it was frequency of pump with the value 35',
  ]);
});

it('is refused where its text is not UTF-8, and nothing is carried out', async () => {
  const [start, end] = ['{"action":"frequency","value":35,"by":"l', 'i","commandId":"c1"}'].map((text) =>
    Buffer.from(text),
  );
  const answer = await gateway.app.inject({
    method: 'POST',
    url: '/api/v1/devices/pump/commands',
    headers: { 'content-type': 'application/json' },
    payload: Buffer.concat([start ?? Buffer.of(), Buffer.of(0xff), end ?? Buffer.of()]),
  });
  expect([answer.statusCode, answer.json()]).toMatchObject([
    400,
    { error: { code: 'invalidRequest', message: 'the body is not UTF-8' } },
  ]);
  expect((await gateway.app.inject('/api/v1/commands/c1')).statusCode).toBe(404);
});

it('is refused where it has a key twice, and nothing is carried out', async () => {
  const answer = await gateway.app.inject({
    method: 'POST',
    url: '/api/v1/devices/pump/commands',
    headers: { 'content-type': 'application/json' },
    payload: '{"action":"frequency","value":35,"by":"li","commandId":"c1","value":50}',
  });
  expect([answer.statusCode, answer.json()]).toMatchObject([
    400,
    { error: { code: 'invalidRequest', message: 'the key "value" stands twice' } },
  ]);
  expect((await gateway.app.inject('/api/v1/commands/c1')).statusCode).toBe(404);
});

it('gets an id of its own without one', async () => {
  const answer = await submit({});
  expect(answer.json<{ id: string }>().id).toMatch(/^[0-9a-f-]{36}$/);
});

it('shows its result once it has one', async () => {
  await submit({ commandId: 'c1' });
  await gateway.store.write('markSent', 'c1', START + 10);
  const reading = { point: 'frequency', value: 35, quality: 'good', at: START + 40 };
  await gateway.store.write(
    'finishCommand',
    'c1',
    { state: 'done', left: true, result: { seen: [reading] } },
    START + 50,
  );
  const end = {
    ...{ state: 'done', finishedAt: '2026-01-01T00:00:00.050Z', error: null },
    result: { seen: [{ ...reading, at: '2026-01-01T00:00:00.040Z' }] },
  };
  expect(await get('/commands/c1')).toMatchObject(end);
  expect(await get('/events')).toMatchObject({
    items: [{ domain: 'command', type: 'done', data: { id: 'c1', ...end } }],
  });
});

it('is listed newest first, page by page', async () => {
  for (const n of [1, 2, 3]) {
    gateway.time.now = START + n;
    await submit({ commandId: `c${n}` });
  }
  expect(await get('/commands?limit=2')).toMatchObject({
    items: [{ id: 'c3' }, { id: 'c2' }],
    next: '2026-01-01T00:00:00.002Z',
  });
  expect(await get('/commands?limit=2&before=2026-01-01T00:00:00.002Z')).toMatchObject({
    items: [{ id: 'c1' }],
    next: null,
  });
  expect(await get('/commands?device=lift-io')).toEqual({ items: [], next: null });
});

it('never leaves one out where a page ends within a millisecond', async () => {
  for (const n of [1, 2, 3]) await submit({ commandId: `c${n}` });
  expect(await get('/commands?limit=2')).toMatchObject({ items: [{ id: 'c1' }, { id: 'c2' }, { id: 'c3' }] });
});

it('leaves a row in the audit, whose chain can be checked', async () => {
  await submit({ commandId: 'c1' });
  await submit({ commandId: 'c2' });
  expect(await get('/audit?limit=1')).toMatchObject({
    items: [{ n: 2, who: 'li', what: 'command', detail: { id: 'c2', action: 'frequency', via: 'api' } }],
    next: 2,
    chain: null,
  });
  expect(await get('/audit?before=2&verify=true')).toMatchObject({
    items: [{ n: 1 }],
    next: null,
    chain: { holds: true, firstBroken: null },
  });
});

it('shows where the chain of the audit was broken', async () => {
  await submit({ commandId: 'c1' });
  await submit({ commandId: 'c2' });
  const db = new Database(gateway.file);
  db.exec("UPDATE audit SET who = 'wang' WHERE n = 1");
  db.close();
  expect(await get('/audit?verify=true')).toMatchObject({ chain: { holds: false, firstBroken: 1 } });
});
