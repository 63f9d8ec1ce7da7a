/** A person has tried the alarm button of a lift, and notes it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGateway, type TestGateway } from './testing/gateway.ts';
import { CAR_ALARM } from './testing/site.ts';

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await createGateway();
});
afterEach(() => gateway.close());

async function note(lift: string, payload: object) {
  const answer = await gateway.app.inject({ method: 'POST', url: `/api/v1/lifts/${lift}/button-tests`, payload });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}

const PASSED = { by: 'li', result: 'passed', note: 'all five cars' };

it('is an event of the journal, with who and when the press was seen', async () => {
  await gateway.contact('di0', true);
  const pressedAt = new Date(gateway.time.now).toISOString();
  expect(await note('lift-1', PASSED)).toEqual({ status: 200, body: { pressedAt, stored: true } });
  const [event] = gateway.store.events.list({ domain: 'lift', source: 'lift-1', limit: 1 });
  expect(event).toMatchObject({ type: 'buttonTest', data: { ...PASSED, pressedAt: gateway.time.now } });
});

it('is refused where nothing was seen of a press, of what is no lift, and with another result', async () => {
  expect(await note('lift-1', PASSED)).toMatchObject({ status: 409, body: { error: { code: 'noPress' } } });
  expect(await note('lift-9', PASSED)).toMatchObject({ status: 404, body: { error: { code: 'unknownLift' } } });
  expect(await note('lift-1', { ...PASSED, result: 'so-so' })).toMatchObject({ status: 400 });
});

it('is noted without a press where the button failed', async () => {
  expect(await note('lift-1', { ...PASSED, result: 'failed' })).toMatchObject({
    status: 200,
    body: { pressedAt: null },
  });
});

it('is refused of whom the site does not name, where it names its people', async () => {
  Object.assign(gateway.config, { people: [{ id: 'wang', name: '王芳', roles: ['engineer'] }] });
  await gateway.contact('di0', true);
  expect(await note('lift-1', PASSED)).toMatchObject({
    status: 422,
    body: { error: { code: 'unknownPerson', message: "li is nobody of this site's people" } },
  });
  expect(await note('lift-1', { ...PASSED, by: 'wang' })).toMatchObject({ status: 200 });
});

it('counts a press of a button whose alarm is acknowledged already', async () => {
  await gateway.contact('di0', true);
  const [row] = gateway.store.alarms.list('nonNormal');
  const seen = { alarm: CAR_ALARM, occurrenceId: row?.occurrenceId ?? null, rev: row?.rev ?? 0 };
  expect(await gateway.deps.decide({ verb: 'ack', ...seen, by: 'li', note: null })).toMatchObject({ ok: true });
  gateway.time.now += 3_600_000;
  expect(await note('lift-1', PASSED)).toMatchObject({ status: 409 });
  await gateway.contact('di0', false);
  gateway.time.now += 1_000;
  await gateway.contact('di0', true);
  const pressedAt = new Date(gateway.time.now).toISOString();
  expect(await note('lift-1', PASSED)).toMatchObject({ status: 200, body: { pressedAt } });
});
