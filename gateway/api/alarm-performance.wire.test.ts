/** Floods, groups and figures over the API, of alarms that went through the engine into a real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FloodWatch } from '../alarms/performance/flood-watch.ts';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';
import { CAR_ALARM, LIFT_FAULT } from './testing/site.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;

let gateway: TestGateway;
let watch: FloodWatch;
beforeEach(async () => {
  gateway = await createGateway();
  const { store, recorder, deps } = gateway;
  watch = new FloodWatch({
    ...{ store, clock: deps.clock, site: 'east-garden', onAlarms: deps.onEvents },
    record: (observation) => recorder.record(observation),
  });
});
afterEach(async () => {
  watch.stop();
  await gateway.close();
});

const ask = async (url: string) => (await gateway.app.inject(`/api/v1/alarms/${url}`)).json<Record<string, unknown>>();
const iso = (second: number) => new Date(START + second * SECOND).toISOString();

async function at(second: number): Promise<void> {
  gateway.time.now = START + second * SECOND;
  watch.look();
  await gateway.recorder.flush();
}

/** A contact that comes 12 times, every 20 s: at 0, 20 … 220 s, and goes each time after 5 s. */
async function chatter(): Promise<void> {
  for (let n = 0; n < 12; n += 1) {
    await at(n * 20);
    await gateway.contact('di1', true);
    await at(n * 20 + 5);
    await gateway.contact('di1', false);
  }
}

async function acknowledge(alarm: string): Promise<number> {
  const { occurrenceId, rev } = gateway.store.alarms.get(alarm) ?? {};
  const url = `/api/v1/alarms/${alarm}/acknowledge`;
  return (await gateway.app.inject({ method: 'POST', url, payload: { occurrenceId, rev, by: 'li' } })).statusCode;
}

describe('GET /alarms/groups', () => {
  it('has a line for each type and place, with the alarm that was first', async () => {
    await gateway.contact('di1', true);
    await at(5);
    await gateway.contact('di0', true);
    expect(await ask('groups')).toMatchObject({
      ...{ epoch: START / 1000, seq: 2, by: 'cause', flood: null, hidden: [] },
      lines: [
        { priority: 1, type: 'lift.carAlarm', place: '一栋', alarms: [CAR_ALARM], unacknowledged: 1, explains: [] },
        { priority: 3, firstOut: { alarm: LIFT_FAULT, nameZh: '电梯故障', letter: 'B' } },
      ],
    });
  });

  it('says since when there is a flood, until it is over', async () => {
    await chatter();
    // The eleventh came after 200 s.
    expect(await ask('groups')).toMatchObject({ flood: { since: iso(200) } });
    expect((await gateway.app.inject('/api/v1/events?domain=alarmFlood')).json()).toMatchObject({
      items: [{ type: 'began', source: 'east-garden', at: iso(200) }],
    });
    await at(3_600);
    expect(await ask('groups')).toMatchObject({ flood: null });
  });
});

describe('GET /alarms/kpis', () => {
  it('counts what was announced, its rates, floods and answers', async () => {
    await chatter();
    await at(250);
    expect(await acknowledge(LIFT_FAULT)).toBe(200);
    await at(3_600);
    const figures = {
      ...{ alarms: 12, perTenMinutes: { mean: 2, max: 12 }, inFlood: 2, chattering: 1, standing: 0, stale: 0 },
      ...{ acknowledged: 1, unacknowledged: 0, meanToAcknowledgeS: 250 },
    };
    expect(await ask(`kpis?from=${START}`)).toMatchObject({
      ...{ from: iso(0), to: iso(3_600), by: 'type' },
      // From the eleventh alarm to ten minutes after the fifth that came last, at 140 s.
      total: { ...figures, floodS: 540 },
      floods: [{ from: iso(200), to: iso(740) }],
      items: [{ key: 'lift.fault', nameZh: '电梯故障', ...figures, floodS: null }],
      chattering: [{ alarm: { alarm: LIFT_FAULT, nameZh: '电梯故障' }, onsets: 12, mostPerMinute: 3 }],
      stale: [],
    });
    expect(await ask(`kpis?from=${START}&by=source`)).toMatchObject({ items: [{ key: 'lift-1', nameZh: '一号电梯' }] });
  });

  it('has shifts of the site, and in each what was announced in it', async () => {
    await gateway.contact('di0', true);
    await at(7 * 3_600 + 60);
    await gateway.contact('di1', true);
    await at(8 * 3_600);
    // 2026-01-01T00:00Z is 8 in the morning in Shanghai.
    expect(await ask(`kpis?by=shift&from=${START}`)).toMatchObject({
      total: { alarms: 2 },
      items: [
        { key: '2026-01-01T07:00', from: iso(0), to: iso(7 * 3_600), alarms: 1, floodS: 0, standing: null },
        { key: '2026-01-01T15:00', from: iso(7 * 3_600), to: iso(8 * 3_600), alarms: 1, unacknowledged: 1 },
      ],
    });
  });

  it('lists what has stood for more than a day, though nothing was announced lately', async () => {
    await gateway.contact('di0', true);
    await at(25 * 3_600);
    expect(await ask('kpis')).toMatchObject({
      ...{ from: iso(3_600), total: { alarms: 0, standing: 1, stale: 1 }, stale: [{ alarm: CAR_ALARM }] },
      items: [{ key: 'lift.carAlarm', alarms: 0, standing: 1, stale: 1 }],
    });
  });

  it('has nothing of the time after `to`, nor of the time that is still to come', async () => {
    await gateway.contact('di0', true);
    await at(60);
    await gateway.contact('di1', true);
    await at(120);
    expect(await ask(`kpis?from=${START}&to=${START + 60 * SECOND}`)).toMatchObject({ total: { alarms: 1 } });
    expect(await ask(`kpis?from=${START}&to=${START + HOUR}`)).toMatchObject({ to: iso(120), total: { alarms: 2 } });
  });

  it.each([
    ['from the future', `from=${START + HOUR}`],
    ['with an end before its beginning', `from=${START}&to=${START - HOUR}`],
    ['of more than a month', `from=${START - 32 * 24 * HOUR}`],
    ['by something else', 'by=device'],
  ])('refuses a stretch %s', async (_, query) => {
    const answer = await gateway.app.inject(`/api/v1/alarms/kpis?${query}`);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: 'invalidRequest' } }]);
  });
});
