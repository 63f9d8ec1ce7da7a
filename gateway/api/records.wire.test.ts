/** Looking back: occurrences, the report of one, and drills; by the API over a real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportSchema, type ReportView } from './resources/incident-report.ts';
import type { OccurrenceView } from './resources/occurrence.ts';
import { START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';
import { CAR_ALARM, LIFT_FAULT } from './testing/site.ts';

const API = '/api/v1/alarms';
let gateway: TestGateway;
beforeEach(async () => {
  gateway = await createGateway();
});
afterEach(() => gateway.close());

async function get<T>(path: string): Promise<T> {
  const answer = await gateway.app.inject(`${API}${path}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<T>();
}

async function post(path: string, payload: object) {
  const answer = await gateway.app.inject({ method: 'POST', url: `${API}${path}`, payload });
  return { status: answer.statusCode, body: answer.json<{ alarm: object; error: { code: string } }>() };
}

async function decide(verb: string, alarm: string, note: string | null = null): Promise<void> {
  const { occurrenceId, rev } = gateway.store.alarms.get(alarm) ?? {};
  expect(await post(`/${alarm}/${verb}`, { occurrenceId, rev, by: 'li', note })).toMatchObject({ status: 200 });
}

async function find(query: string): Promise<string[]> {
  const { items } = await get<{ items: OccurrenceView[] }>(`/occurrences?${query}`);
  return items.map(({ alarm, beganAt }) => `${alarm} ${(Date.parse(beganAt ?? '') - START) / 1000}`);
}

/** A fault that people have dealt with, then a car alarm that nobody has. */
async function twoAlarms(): Promise<void> {
  await gateway.contact('di1', true);
  gateway.time.now += 1_000;
  await decide('acknowledge', LIFT_FAULT, 'on the way');
  gateway.time.now += 1_000;
  await gateway.contact('di1', false);
  gateway.time.now += 58_000;
  await gateway.contact('di0', true);
}

describe('occurrences', () => {
  it('are found by time, type, place, device, person, priority and state', async () => {
    await twoAlarms();
    const [fault, car] = [`${LIFT_FAULT} 0`, `${CAR_ALARM} 60`];
    expect(await find('')).toEqual([car, fault]);
    expect(await find(`from=${START + 1}`)).toEqual([car]);
    expect(await find(`to=${START + 60_000}`)).toEqual([fault]);
    expect(await find('type=lift.fault')).toEqual([fault]);
    expect(await find('source=lift-1&priority=1')).toEqual([car]);
    expect(await find('device=lift-io')).toEqual([car, fault]);
    expect(await find('device=pump')).toEqual([]);
    expect(await find(`location=${encodeURIComponent('一')}&state=open`)).toEqual([car]);
    expect(await find(`location=${encodeURIComponent('二栋')}`)).toEqual([]);
    expect(await find(`location=${encodeURIComponent('一栋')}&source=pump`)).toEqual([]);
    expect(await find('by=li')).toEqual([fault]);
    expect(await find('drill=true')).toEqual([]);
    expect(await find('drill=false&state=closed')).toEqual([fault]);
  });

  it('say who acknowledged when, and how they ended', async () => {
    await twoAlarms();
    const { items } = await get<{ items: OccurrenceView[] }>('/occurrences?type=lift.fault');
    expect(items).toMatchObject([
      {
        ...{ nameZh: '电梯故障', sourceNameZh: '一号电梯', location: '一栋', state: 'closed', letter: 'A' },
        ...{ beganAt: '2026-01-01T00:00:00.000Z', announcedAt: '2026-01-01T00:00:00.000Z' },
        ...{ ackedAt: '2026-01-01T00:00:01.000Z', ackedBy: 'li', endedAt: '2026-01-01T00:00:02.000Z' },
        ...{ closedAt: '2026-01-01T00:00:02.000Z', resetAt: null, count: 1, level: 0, note: 'on the way' },
      },
    ]);
  });

  it('come in pages', async () => {
    await twoAlarms();
    const first = await get<{ items: OccurrenceView[]; next: number }>('/occurrences?limit=1');
    const second = await get<{ items: OccurrenceView[]; next: number }>(`/occurrences?limit=1&before=${first.next}`);
    const third = await get<{ items: OccurrenceView[]; next: null }>(`/occurrences?limit=1&before=${second.next}`);
    expect([first, second, third].map(({ items }) => items.map(({ alarm }) => alarm))).toEqual([
      [CAR_ALARM],
      [LIFT_FAULT],
      [],
    ]);
    expect(third.next).toBeNull();
  });
});

const HOSTILE = `<script>alert("1")</script> & '`;

/** The report of the fault, whose acknowledgement somebody has noted something evil with. */
async function faultReported(): Promise<string> {
  const { device, ...silent } = {
    device: 'lift-io',
    state: 'offline',
    reason: 'no answer',
    since: START,
    lastGood: 1,
  } as const;
  gateway.recorder.record({ device, deviceState: silent });
  await gateway.contact('di1', true);
  gateway.time.now += 1_000;
  await decide('acknowledge', LIFT_FAULT, HOSTILE);
  const { occurrenceId = null } = gateway.store.alarms.get(LIFT_FAULT) ?? {};
  await gateway.events(
    { domain: 'fire', type: 'released', source: 'gate', data: { occurrenceId, phone: '13800000000' } },
    { domain: 'fire', type: 'released', source: 'gate', data: { occurrenceId: 'of another' } },
  );
  gateway.time.now += 299_000;
  await gateway.contact('di0', true);
  await gateway.contact('di1', false);
  return occurrenceId ?? '';
}

describe('the report of an occurrence', () => {
  it('has what happened, who did what, what else was the matter, and how far it is to be believed', async () => {
    const report = await get<ReportView>(`/occurrences/${await faultReported()}/report`);
    expect(() => reportSchema.parse(report)).not.toThrow();
    expect(report.timeline.map(({ type, from, to, by, at }) => [type, from, to, by, at])).toEqual([
      ['raise', 'A', 'B', null, '2026-01-01T00:00:00.000Z'],
      ['ack', 'B', 'C', 'li', '2026-01-01T00:00:01.000Z'],
      ['clear', 'C', 'A', null, '2026-01-01T00:05:00.000Z'],
    ]);
    expect(report.occurrence).toMatchObject({ alarm: LIFT_FAULT, note: HOSTILE, nameZh: '电梯故障' });
    expect(report.place).toMatchObject({ source: 'lift-1', kind: 'lift', location: '一栋', device: 'lift-io' });
    expect(report.place).toMatchObject({ cameraRef: 'NVR-1/3', contacts: ['维保 王师傅'], deviceLocation: '机房' });
    expect(report.related).toMatchObject([{ domain: 'fire', source: 'gate' }]);
    expect(report.related[0]?.data).not.toHaveProperty('phone');
    expect(report.neighbours.map(({ alarm }) => alarm)).toEqual([CAR_ALARM]);
    expect(report.deviceNow).toMatchObject({ state: 'offline', sinceAt: '2026-01-01T00:00:00.000Z' });
    expect(report.guidanceZh).toBe('查看现场');
    expect(report.remarks[0]?.zh).toContain('网关时钟');
  });

  it('names the people who acted, where the site names its people', async () => {
    const people = ['li', 'wang'].map((id) => ({ id, name: `${id} 师傅`, roles: ['guard'] }));
    Object.assign(gateway.config, { people });
    const id = await faultReported();
    const report = await get<ReportView>(`/occurrences/${id}/report`);
    expect(report.people).toEqual([{ id: 'li', name: 'li 师傅' }]);
    const page = await gateway.app.inject(`${API}/occurrences/${id}/report.html`);
    expect(page.body.match(/li 师傅 \(li\)/g)).toHaveLength(2);
  });

  it('is a page that can be printed, and in which nothing runs', async () => {
    const id = await faultReported();
    const answer = await gateway.app.inject(`${API}/occurrences/${id}/report.html`);
    expect(answer.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(answer.body).toContain('&#60;script&#62;alert(&#34;1&#34;)&#60;/script&#62; &#38; &#39;');
    expect(answer.body).not.toMatch(/<script|13800000000/);
    // By the clock of the site: 8 hours ahead of UTC.
    expect(answer.body).toContain('2026-01-01 08:05:00.000');
    for (const words of ['电梯故障', '一号电梯', '查看现场', 'NVR-1/3', '维保 王师傅', '轿厢报警', id])
      expect(answer.body).toContain(words);
  });

  it('says so where there is no such occurrence', async () => {
    const answer = await gateway.app.inject(`${API}/occurrences/nobody/report.html`);
    expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([
      404,
      'unknownOccurrence',
    ]);
  });
});

describe('a drill', () => {
  const FAULT = { type: 'lift.fault', source: 'lift-1', by: 'li', note: 'monthly' };

  it('is begun for a time, and ended by a person', async () => {
    const begun = await post('/drills', { ...FAULT, forS: 60 });
    expect(begun).toMatchObject({ status: 200, body: { alarm: { letter: 'B', drill: true } } });
    expect(begun.body.alarm).toMatchObject({ drillEndsAt: new Date(START + 60_000).toISOString() });
    expect(await find('drill=true&by=li')).toEqual([`${LIFT_FAULT} 0`]);
    expect(await post(`/${LIFT_FAULT}/end-drill`, { by: 'li' })).toMatchObject({ body: { alarm: { letter: 'D' } } });
    await decide('acknowledge', LIFT_FAULT);
    const events = gateway.store.events.list({ after: 0, domain: 'alarm', limit: 9 });
    expect(events.map(({ type, data }) => [type, data['drill'], data['by']])).toEqual([
      ['raise', true, 'li'],
      ['clear', true, 'li'],
      ['ack', true, 'li'],
    ]);
  });

  it('is over where the alarm is raised in earnest', async () => {
    await post('/drills', FAULT);
    gateway.time.now += 1_000;
    await gateway.contact('di1', true);
    expect(await find('drill=false')).toEqual([`${LIFT_FAULT} 1`]);
    expect(await find('drill=true&state=closed')).toEqual([`${LIFT_FAULT} 0`]);
    expect(await post(`/${LIFT_FAULT}/end-drill`, { by: 'li' })).toMatchObject({
      status: 409,
      body: { error: { code: 'noDrill' } },
    });
  });

  it('takes no longer than an hour, and an alarm that there is', async () => {
    expect(await post('/drills', { ...FAULT, forS: 3_601 })).toMatchObject({ status: 400 });
    expect(await post('/drills', { ...FAULT, type: 'lift.fualt' })).toMatchObject({ status: 404 });
  });
});
