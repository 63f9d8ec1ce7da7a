import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';
import { CAR_ALARM, LIFT_FAULT } from './testing/site.ts';

interface Alarm {
  readonly alarm: string;
  readonly letter: string;
  readonly occurrenceId: string;
  readonly rev: number;
}

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await createGateway();
});
afterEach(() => gateway.close());

const get = async <T>(url: string) => (await gateway.app.inject(`/api/v1${url}`)).json<T>();
const alarm = async (key: string) => (await get<{ alarm: Alarm }>(`/alarms/${key}`)).alarm;

async function decide(verb: 'acknowledge' | 'reset', note: string | null = null) {
  const { occurrenceId, rev } = await alarm(CAR_ALARM);
  const payload = { occurrenceId, rev, by: 'li', note };
  return gateway.app.inject({ method: 'POST', url: `/api/v1/alarms/${CAR_ALARM}/${verb}`, payload });
}

describe('the snapshot', () => {
  it('has what is not normal, most urgent first, with what a guard must know', async () => {
    await gateway.contact('di1', true);
    await gateway.contact('di0', true);
    const snapshot = await get<{ epoch: number; seq: number; items: object[] }>('/alarms');
    expect(snapshot).toMatchObject({ epoch: START / 1000, seq: 2 });
    expect(snapshot.items).toMatchObject([
      {
        ...{
          alarm: CAR_ALARM,
          letter: 'B',
          priority: 1,
          nameZh: '轿厢报警',
          sourceNameZh: '一号电梯',
          location: '一栋',
        },
        ...{ cameraRef: 'NVR-1/3', contacts: ['维保 王师傅'] },
      },
      { alarm: LIFT_FAULT, letter: 'B', priority: 3, raisedAt: '2026-01-01T00:00:00.000Z', epoch: START / 1000 },
    ]);
  });

  it('hands over to the feed: what happens after it follows its seq', async () => {
    await gateway.contact('di0', true);
    const { seq } = await get<{ seq: number }>('/alarms');
    await gateway.contact('di1', true);
    const { items } = await get<{ items: object[] }>(`/events?after=${seq}`);
    expect(items).toMatchObject([{ seq: 2, domain: 'alarm', type: 'raise', data: { alarm: LIFT_FAULT, to: 'B' } }]);
  });

  it('has what is normal again only where all are asked for', async () => {
    await gateway.contact('di1', true);
    await gateway.app.inject({
      method: 'POST',
      url: `/api/v1/alarms/${LIFT_FAULT}/acknowledge`,
      payload: { ...(await identity(LIFT_FAULT)), by: 'li' },
    });
    await gateway.contact('di1', false);
    expect(await get('/alarms')).toMatchObject({ items: [] });
    const { items } = await get<{ items: Alarm[] }>('/alarms?which=all');
    expect(items).toContainEqual(expect.objectContaining({ alarm: LIFT_FAULT, letter: 'A', rev: 3 }));
  });

  it('has every alarm that is defined where all are asked for, though it was never raised', async () => {
    const never = { letter: 'A', rev: 0, occurrenceId: null, changedAt: null };
    expect(await get('/alarms?which=all')).toMatchObject({
      items: [
        { alarm: CAR_ALARM, priority: 1, nameEn: 'Car alarm', ...never },
        { alarm: LIFT_FAULT, priority: 3, nameEn: 'Lift fault', ...never },
      ],
    });
    await gateway.contact('di1', true);
    const { items } = await get<{ items: Alarm[] }>('/alarms?which=all');
    expect(items.map(({ alarm: key, letter }) => [key, letter])).toEqual([
      [CAR_ALARM, 'A'],
      [LIFT_FAULT, 'B'],
    ]);
  });

  async function identity(key: string) {
    const { occurrenceId, rev } = await alarm(key);
    return { occurrenceId, rev };
  }
});

describe('one alarm', () => {
  it('has its own events, newest first', async () => {
    await gateway.contact('di0', true);
    await gateway.contact('di1', true);
    await gateway.contact('di0', false);
    const { events } = await get<{ events: object[] }>(`/alarms/${CAR_ALARM}`);
    expect(events).toMatchObject([{ type: 'clear' }, { type: 'raise' }]);
  });

  it('is normal, and not unknown, when it never occurred', async () => {
    const never = { letter: 'A', rev: 0, occurrenceId: null, changedAt: null, priority: 1, nameEn: 'Car alarm' };
    expect(await get(`/alarms/${CAR_ALARM}`)).toMatchObject({ alarm: never, events: [] });
  });
});

describe('a decision', () => {
  it('leads from the raise through acknowledgement and reset back to normal', async () => {
    await gateway.contact('di0', true);
    const acknowledged = await decide('acknowledge');
    expect(acknowledged.statusCode).toBe(200);
    expect(acknowledged.json()).toMatchObject({ stored: true, alarm: { letter: 'C', ackedBy: 'li' } });
    await gateway.contact('di0', false);
    const reset = await decide('reset', 'passenger freed');
    expect(reset.json()).toMatchObject({ stored: true, alarm: { letter: 'A' } });
    const { events } = await get<{ events: object[] }>(`/alarms/${CAR_ALARM}`);
    expect(events[0]).toMatchObject({ type: 'reset', data: { by: 'li', note: 'passenger freed' } });
  });

  it('is answered with 202 while the store cannot be written', async () => {
    await gateway.contact('di0', true);
    const row = gateway.store.alarms.get(CAR_ALARM);
    if (!row) throw new Error('the alarm was not stored');
    const unstored = await createGateway({
      decide: () => Promise.resolve({ ok: true, row, stored: false }),
    });
    const payload = { occurrenceId: 'x', rev: 0, by: 'li' };
    const answer = await unstored.app.inject({
      method: 'POST',
      url: `/api/v1/alarms/${CAR_ALARM}/acknowledge`,
      payload,
    });
    await unstored.close();
    expect([answer.statusCode, answer.json()]).toMatchObject([202, { stored: false }]);
  });
});
