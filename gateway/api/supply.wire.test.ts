/** Cutting a home's supply: allowed by the site, asked for by one, confirmed by another, in time, once. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGateway, type TestGateway } from './testing/gateway.ts';

let gateway: TestGateway;

beforeEach(async () => {
  gateway = await createGateway();
});

afterEach(() => gateway.close());

async function post(url: string, payload: object) {
  const answer = await gateway.app.inject({ method: 'POST', url: `/api/v1${url}`, payload });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown> & { id: string }>() };
}

const CUT = { device: 'pump', action: 'cut', by: 'li', note: 'burst pipe, order 17' };

it('is a command once a second person has confirmed it, with both names, and once only', async () => {
  const { status, body } = await post('/supply-requests', CUT);
  expect([status, body['confirmedBy']]).toEqual([202, null]);
  expect(gateway.store.commands.get(body.id)).toBeUndefined();
  const confirmed = await post(`/supply-requests/${body.id}/confirm`, { by: 'wang' });
  expect(confirmed).toMatchObject({
    status: 202,
    body: { id: body.id, action: 'cut', by: 'li + wang', state: 'accepted' },
  });
  expect(await post(`/supply-requests/${body.id}/confirm`, { by: 'zhao' })).toMatchObject({
    status: 409,
    body: { error: { message: 'wang has confirmed it already' } },
  });
  const audit = gateway.store.audit.list(100, 10).map(({ who, what }) => [who, what]);
  expect(audit.reverse()).toEqual([
    ['li', 'supply.ask'],
    ['wang', 'supply.confirm'],
    ['li + wang', 'command'],
  ]);
});

it('is nothing once it has been withdrawn', async () => {
  const { body } = await post('/supply-requests', CUT);
  expect(await post(`/supply-requests/${body.id}/withdraw`, { by: 'li' })).toMatchObject({
    body: { withdrawnBy: 'li' },
  });
  const confirmed = await post(`/supply-requests/${body.id}/confirm`, { by: 'wang' });
  expect(confirmed.body).toMatchObject({ error: { message: 'li has withdrawn it' } });
  expect(gateway.store.commands.get(body.id)).toBeUndefined();
});

it('is refused by what the site allows when it is confirmed, not only when it was asked for', async () => {
  const { body } = await post('/supply-requests', CUT);
  Object.assign(gateway.config, { supply: { allow: [], confirmMin: 10, roles: [] } });
  const confirmed = await post(`/supply-requests/${body.id}/confirm`, { by: 'wang' });
  expect(confirmed).toMatchObject({ status: 403, body: { error: { code: 'supplyNotAllowed' } } });
});

it('says whether it waits, was confirmed, was withdrawn, or was not confirmed in time', async () => {
  const ask = async () => (await post('/supply-requests', CUT)).body.id;
  const [confirmed, withdrawn, left] = [await ask(), await ask(), await ask()];
  await post(`/supply-requests/${confirmed}/confirm`, { by: 'wang' });
  await post(`/supply-requests/${withdrawn}/withdraw`, { by: 'li' });
  const states = async () => {
    const answer = await gateway.app.inject({ url: '/api/v1/supply-requests' });
    const { items } = answer.json<{ items: { id: string; state: string }[] }>();
    return [confirmed, withdrawn, left].map((id) => items.find((item) => item.id === id)?.state);
  };
  expect(await states()).toEqual(['confirmed', 'withdrawn', 'waiting']);
  gateway.time.now += 10 * 60_000;
  expect(await states()).toEqual(['confirmed', 'withdrawn', 'expired']);
});

it('lists who asked for what, newest first', async () => {
  await post('/supply-requests', CUT);
  gateway.time.now += 1;
  await post('/supply-requests', { ...CUT, note: 'again' });
  const answer = await gateway.app.inject({ url: '/api/v1/supply-requests' });
  expect(answer.json<{ items: { note: string }[] }>().items.map(({ note }) => note)).toEqual(['again', CUT.note]);
});

it('is off where the site says nothing', async () => {
  Object.assign(gateway.config, { supply: { allow: [], confirmMin: 10, roles: [] } });
  expect(await post('/supply-requests', CUT)).toMatchObject({ status: 403 });
});

it('is not confirmed by the person who asked for it, in other letters', async () => {
  const { body } = await post('/supply-requests', CUT);
  const confirmed = await post(`/supply-requests/${body.id}/confirm`, { by: 'Li' });
  expect(confirmed).toMatchObject({ status: 409, body: { error: { code: 'secondPersonNeeded' } } });
});

it("is for those of the site's people who have the role; anyone of them takes it back", async () => {
  const person = (id: string, role: 'guard' | 'engineer') => ({ id, name: id, roles: [role] });
  const people = [person('li', 'engineer'), person('wang', 'engineer'), person('zhao', 'guard')];
  Object.assign(gateway.config, { people, supply: { ...gateway.config.supply, roles: ['engineer'] } });
  const refused = [
    await post('/supply-requests', { ...CUT, by: 'zhao' }),
    await post('/supply-requests', { ...CUT, by: 'nobody' }),
  ];
  expect(refused.map(({ status, body }) => [status, body['error']])).toMatchObject([
    [403, { code: 'roleMissing' }],
    [422, { code: 'unknownPerson' }],
  ]);
  const { body } = await post('/supply-requests', CUT);
  const confirm = (by: string) => post(`/supply-requests/${body.id}/confirm`, { by });
  expect([(await confirm('zhao')).status, (await confirm('nobody')).status]).toEqual([403, 422]);
  expect((await confirm('wang')).status).toBe(202);
  const second = await post('/supply-requests', CUT);
  const withdraw = (by: string) => post(`/supply-requests/${second.body.id}/withdraw`, { by });
  expect([(await withdraw('nobody')).status, (await withdraw('zhao')).status]).toEqual([422, 200]);
});

it('is not confirmed where whoever asked for it may not ask any more', async () => {
  const people = ['li', 'wang'].map((id) => ({ id, name: id, roles: [] }));
  Object.assign(gateway.config, { people });
  const { body } = await post('/supply-requests', CUT);
  Object.assign(gateway.config, { people: people.filter(({ id }) => id === 'wang') });
  const confirmed = await post(`/supply-requests/${body.id}/confirm`, { by: 'wang' });
  expect(confirmed).toMatchObject({ status: 422, body: { error: { code: 'unknownPerson' } } });
  expect(gateway.store.commands.get(body.id)).toBeUndefined();
});
