/** Two guards hand over at the gateway: notes, a sheet, two signatures, and everything that is refused on the way. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HandoverSheet } from '../shifts/sheet/schema.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';
import { CAR_ALARM, LIFT_FAULT } from './testing/site.ts';

const HOUR = 3_600_000;

let gateway: TestGateway;
beforeEach(async () => {
  gateway = await createGateway();
});
afterEach(() => gateway.close());

interface Body {
  readonly error?: { readonly code: string; readonly message: string };
  readonly id: number;
  readonly shift: number;
  readonly handover: number;
  readonly sha256: string;
  readonly meanwhile: readonly string[];
  readonly persons: readonly { readonly id: string }[];
}

async function post(url: string, payload: object) {
  const answer = await gateway.app.inject({ method: 'POST', url: `/api/v1${url}`, payload });
  return { status: answer.statusCode, body: answer.json<Body>() };
}

async function get<T = Record<string, unknown>>(url: string): Promise<T> {
  return (await gateway.app.inject(`/api/v1${url}`)).json<T>();
}

const begin = (by = 'li', also: object = {}) => post('/shifts', { by, ...also });
const note = (text: string, also: object = {}) => post('/shifts/current/notes', { by: 'li', text, ...also });
const sign = (also: object = {}) => post('/shifts/current/handover', { by: 'li', incoming: ['zhao'], ...also });
const answer = (verb: 'accept' | 'object', sha256: string, also: object = {}) =>
  post(`/shifts/current/handover/${verb}`, { by: 'zhao', sha256, ...also });
const codeOf = ({ body }: Awaited<ReturnType<typeof post>>): string | undefined => body.error?.code;

async function decide(verb: 'ack' | 'reset' | 'shelve', alarm: string, text: string): Promise<void> {
  const { occurrenceId = null, rev = 0 } = gateway.store.alarms.get(alarm) ?? {};
  const said = { alarm, occurrenceId, rev, by: 'li', note: text };
  const done = await gateway.deps.decide(
    verb === 'shelve' ? { ...said, verb, until: gateway.time.now + HOUR } : { ...said, verb },
  );
  expect(done.ok).toBe(true);
}

describe('a handover', () => {
  it('puts those on duty who came, once both have signed the same sheet', async () => {
    expect(await begin('li', { persons: ['li', 'wang'] })).toMatchObject({ status: 200, body: { shift: 1, to: null } });
    gateway.time.now += 8 * HOUR;
    const signed = await sign();
    expect(signed).toMatchObject({ status: 200, body: { shift: 1, signedBy: 'li', state: 'signed', meanwhile: [] } });
    expect(await get('/shifts')).toMatchObject({ onDuty: { shift: 1 } });
    gateway.time.now += 60_000;
    const taken = await answer('accept', signed.body.sha256, { remark: 'all keys there' });
    expect(taken).toMatchObject({ status: 200, body: { shift: 2, persons: [{ id: 'zhao', name: 'zhao' }] } });
    expect(await get('/shifts')).toMatchObject({
      onDuty: { shift: 2 },
      items: [{ shift: 2 }, { shift: 1, to: '2026-01-01T08:01:00.000Z' }],
      next: null,
    });
    expect(await get('/shifts/1')).toMatchObject({
      handovers: [{ state: 'accepted', answeredBy: 'zhao', remark: 'all keys there' }],
    });
    const events = gateway.store.events.list({ domain: 'shift', after: 0, limit: 9 });
    expect(events.map(({ type, source }) => [type, source])).toEqual([
      ['began', 'east-garden'],
      ['signed', 'east-garden'],
      ['handedOver', 'east-garden'],
    ]);
    expect(events.at(-1)?.data).toMatchObject({ shift: 1, next: 2, persons: ['zhao'], by: 'zhao' });
    expect(gateway.store.audit.list(100, 9).map(({ who, what }) => `${who} ${what}`)).toEqual([
      'zhao shift.handedOver',
      'li shift.signed',
      'li shift.began',
    ]);
  });

  it('keeps the sheet that was signed to the letter, whatever happens after it', async () => {
    await begin();
    await note('the plumber has the key');
    const { body } = await sign();
    const before = await gateway.app.inject(`/api/v1/handovers/${body.handover}/sheet`);
    await gateway.contact('di0', true);
    await note('lift 1 stuck');
    await answer('accept', body.sha256);
    const after = await gateway.app.inject(`/api/v1/handovers/${body.handover}/sheet`);
    expect(after.payload).toBe(before.payload);
    expect(createHash('sha256').update(after.rawPayload).digest('hex')).toBe(body.sha256);
    expect(after.json<HandoverSheet>().notes.items.map(({ text }) => text)).toEqual(['the plumber has the key']);
  });

  it('says what came between the signatures and nobody has acknowledged, and goes through', async () => {
    await begin();
    await gateway.contact('di1', true);
    gateway.time.now += 1_000;
    const { body } = await sign();
    gateway.time.now += 1_000;
    await gateway.contact('di0', true);
    expect(await answer('accept', body.sha256)).toMatchObject({ status: 200 });
    expect(await get(`/handovers/${body.handover}`)).toMatchObject({ state: 'accepted', meanwhile: [CAR_ALARM] });
  });

  it('that is objected to leaves those on duty who were, until another sheet is signed', async () => {
    await begin();
    const first = await sign();
    expect(codeOf(await answer('object', first.body.sha256))).toBe('noteRequired');
    const objected = await answer('object', first.body.sha256, { remark: 'barrier 2 is open' });
    expect(objected).toMatchObject({ status: 200, body: { state: 'objected', remark: 'barrier 2 is open' } });
    expect(await get('/shifts')).toMatchObject({ onDuty: { shift: 1 } });
    expect(codeOf(await answer('accept', first.body.sha256))).toBe('notHandedOver');
    gateway.time.now += 1_000;
    const second = await sign();
    expect(second.body.sha256).not.toBe(first.body.sha256);
    expect(await answer('accept', second.body.sha256)).toMatchObject({ status: 200, body: { shift: 2 } });
  });

  it('is of the newest sheet: an older one is replaced, and its hash refused', async () => {
    await begin();
    const first = await sign();
    gateway.time.now += 1_000;
    const second = await sign({ incoming: ['zhao', 'qian'] });
    expect(codeOf(await answer('accept', first.body.sha256))).toBe('stale');
    expect(await get(`/handovers/${first.body.handover}`)).toMatchObject({ state: 'replaced' });
    expect(await answer('accept', second.body.sha256, { by: 'qian' })).toMatchObject({ body: { shift: 2 } });
  });

  it('leaves nothing out between two sheets: what came after the first is on the second', async () => {
    await begin();
    const { body } = await sign();
    gateway.time.now += 1_000;
    await gateway.contact('di0', true);
    await note('between the signatures');
    await decide('ack', CAR_ALARM, 'on the way');
    gateway.time.now += 1_000;
    await answer('accept', body.sha256);
    gateway.time.now += 1_000;
    await note('after them', { by: 'zhao' });
    const sheet = await get<HandoverSheet>('/shifts/current/sheet');
    expect(sheet.coveredFrom).toBe('2026-01-01T00:00:00.000Z');
    expect(sheet.from).toBe('2026-01-01T00:00:02.000Z');
    expect(sheet.occurrences.items).toMatchObject([{ alarm: CAR_ALARM, waitS: 0 }]);
    expect(sheet.notes.items.map(({ text }) => text)).toEqual(['between the signatures', 'after them']);
  });

  it('is signed by a supervisor where those on duty have left without it', async () => {
    const roles = { li: ['guard'], zhao: ['guard'], zhou: ['supervisor'] } as const;
    const people = Object.entries(roles).map(([id, own]) => ({ id, name: id, roles: own }));
    Object.assign(gateway.config, { people });
    await begin();
    const { status, body } = await sign({ by: 'zhou' });
    expect([status, body.shift]).toEqual([200, 1]);
    expect(codeOf(await answer('accept', body.sha256, { by: 'zhou' }))).toBe('samePerson');
    expect(await answer('accept', body.sha256)).toMatchObject({ status: 200, body: { shift: 2 } });
  });

  it('goes on after a restart of the store', async () => {
    await begin();
    const { body } = await sign();
    const db = new Database(gateway.file, { readonly: true });
    expect(db.prepare('SELECT sha256 FROM handovers').pluck().get()).toBe(body.sha256);
    db.close();
  });
});

describe('is refused', () => {
  it('a beginning while somebody is on duty, or of others', async () => {
    expect(codeOf(await begin('li', { persons: ['wang'] }))).toBe('notOnDuty');
    await begin();
    expect(await begin('zhao')).toMatchObject({ status: 409, body: { error: { code: 'alreadyOnDuty' } } });
  });

  it('everything else while nobody is', async () => {
    const asked = [await note('x'), await sign(), await answer('accept', 'f'.repeat(64))];
    expect(asked.map(codeOf)).toEqual(Array(3).fill('nobodyOnDuty'));
    expect(await get('/shifts/current/sheet')).toMatchObject({ error: { code: 'nobodyOnDuty' } });
  });

  it('a signature of one who is not on duty, is not named, or has signed already', async () => {
    await begin('li', { persons: ['li', 'wang'] });
    expect(codeOf(await sign({ by: 'zhao' }))).toBe('notOnDuty');
    expect(codeOf(await sign({ incoming: ['li'] }))).toBe('samePerson');
    expect(codeOf(await answer('accept', 'f'.repeat(64)))).toBe('notHandedOver');
    const { body } = await sign({ incoming: ['li', 'zhao'] });
    expect(codeOf(await answer('accept', body.sha256, { by: 'li' }))).toBe('samePerson');
    expect(codeOf(await answer('accept', body.sha256, { by: 'wang' }))).toBe('notIncoming');
  });

  it('a name that there is not', async () => {
    await begin();
    const urls = ['/shifts/9', '/handovers/9', '/handovers/9/sheet', '/handovers/9/sheet.html'];
    const codes = await Promise.all(urls.map(async (url) => (await get<Body>(url)).error?.code));
    expect(codes).toEqual(['unknownShift', ...Array<string>(3).fill('unknownHandover')]);
    const notes = [await note('x', { corrects: 9 }), await note('x', { alarm: 'lift-1--lift-carAlram' })];
    expect(notes.map(codeOf)).toEqual(['unknownNote', 'unknownAlarm']);
  });

  it('whoever is not one of the people of the site, where it names them', async () => {
    const people = ['li', 'zhao'].map((id) => ({ id, name: id, roles: [] }));
    Object.assign(gateway.config, { people });
    expect(codeOf(await begin('lee'))).toBe('unknownPerson');
    await begin();
    const asked = [await note('x', { by: 'lee' }), await sign({ incoming: ['xie'] }), await sign({ by: 'lee' })];
    expect(asked.map(codeOf)).toEqual(Array(3).fill('unknownPerson'));
    expect(await sign()).toMatchObject({ status: 200 });
  });
});

describe('notes', () => {
  it('go from shift to shift while they are to be done, with what put them right, until one closes them', async () => {
    await begin();
    const { body: open } = await note('order a filter', { open: true });
    await note('of size 3', { corrects: open.id });
    gateway.time.now += 1_000;
    const { body } = await sign();
    await answer('accept', body.sha256);
    const sheet = await get<HandoverSheet>('/shifts/current/sheet');
    expect(sheet.openItems).toMatchObject([{ text: 'order a filter', corrections: [{ text: 'of size 3' }] }]);
    expect(sheet.notes.total).toBe(0);
    expect(await note('ordered', { by: 'zhao', closes: open.id })).toMatchObject({ status: 200 });
    expect(codeOf(await note('again', { closes: open.id }))).toBe('noteNotOpen');
    expect((await get<HandoverSheet>('/shifts/current/sheet')).openItems).toEqual([]);
  });

  it('are never changed or taken out, whatever program opens the file', async () => {
    await begin();
    await note('x');
    await sign();
    const db = new Database(gateway.file);
    expect(() => db.exec(`UPDATE shift_notes SET text = 'y'`)).toThrow('corrected by a further one');
    expect(() => db.exec('DELETE FROM shift_notes')).toThrow('corrected by a further one');
    expect(() => db.exec(`UPDATE handovers SET sheet = '{}'`)).toThrow('stays as it was');
    expect(() => db.exec('DELETE FROM handovers')).toThrow('stays as it was');
    db.close();
  });

  it('stay in the house: the event says that there is one, and about which alarm', async () => {
    await begin();
    await note('Mrs Wu of 1201 was frightened', { alarm: CAR_ALARM });
    const [event] = gateway.store.events.list({ domain: 'shift', limit: 1 });
    expect(event?.data).toMatchObject({ note: 1, alarm: CAR_ALARM, by: 'li' });
    expect(JSON.stringify(event)).not.toContain('Wu');
  });
});

describe('the sheet', () => {
  it('has what was dealt with, what is not normal, what is shelved, and what is not heard', async () => {
    await begin();
    await gateway.contact('di0', true);
    gateway.time.now += 45_000;
    await decide('ack', CAR_ALARM, 'on the way');
    await gateway.contact('di0', false);
    gateway.time.now += 1_000;
    await decide('reset', CAR_ALARM, 'freed');
    await gateway.contact('di1', true);
    await decide('shelve', LIFT_FAULT, 'spare part');
    const sheet = await get<HandoverSheet>('/shifts/current/sheet');
    const [fault, car] = [LIFT_FAULT, CAR_ALARM].map((key) =>
      sheet.occurrences.items.find(({ alarm }) => alarm === key),
    );
    expect(car).toMatchObject({ nameZh: '轿厢报警', sourceNameZh: '一号电梯', waitS: 45, isWaiting: false, times: 1 });
    expect(car?.steps.map(({ type, by }) => [type, by])).toEqual([
      ['raise', null],
      ['ack', 'li'],
      ['clear', null],
      ['reset', 'li'],
    ]);
    expect(fault?.steps.map(({ type }) => type)).toEqual(['raise', 'shelve']);
    expect(sheet.standing.total).toBe(0);
    expect(sheet.shelved.items).toMatchObject([{ alarm: LIFT_FAULT, why: 'spare part', by: 'li' }]);
    expect(sheet.buses).toMatchObject([{ id: 'pump-room', nameZh: '泵房', reason: 'no such port' }]);
    expect(sheet.devices.items.map(({ id, state }) => [id, state])).toContainEqual(['spare', 'disabled']);
    expect(sheet.figures).toMatchObject({ alarms: 2, acknowledged: 1, meanToAcknowledgeS: 45 });
  });

  it('tells what began before the shift from its beginning', async () => {
    await gateway.contact('di0', true);
    const raisedAt = new Date(gateway.time.now).toISOString();
    gateway.time.now += HOUR;
    await begin();
    gateway.time.now += 1_000;
    await decide('ack', CAR_ALARM, 'on the way');
    const { occurrences, standing } = await get<HandoverSheet>('/shifts/current/sheet');
    expect(occurrences.items).toMatchObject([{ alarm: CAR_ALARM, began: raisedAt, waitS: 3_601 }]);
    expect(standing.items).toMatchObject([{ alarm: CAR_ALARM, letter: 'C', by: 'li' }]);
  });

  it('has when the gateway did not run', async () => {
    await begin();
    await gateway.store.write('noteAlive', gateway.time.now);
    gateway.time.now += HOUR;
    await gateway.store.write('noteOutage', gateway.time.now, 60_000);
    gateway.time.now += 1_000;
    await gateway.store.write('noteOutage', gateway.time.now, 60_000);
    expect((await get<HandoverSheet>('/shifts/current/sheet')).gaps).toEqual([
      {
        ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-01T01:00:00.000Z', kind: 'down' },
        reason: 'the gateway did not run',
      },
    ]);
  });

  it('is printed with everything that people wrote as text, and nothing that runs or is loaded', async () => {
    await begin();
    const evil = `<script>alert("x")</script><img src=x onerror='y'>`;
    await note(evil, { open: true });
    await gateway.contact('di0', true);
    await decide('ack', CAR_ALARM, evil);
    const { body } = await sign();
    await answer('object', body.sha256, { remark: evil });
    for (const url of ['/shifts/current/sheet.html', `/handovers/${body.handover}/sheet.html`]) {
      const page = await gateway.app.inject(`/api/v1${url}`);
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
      expect(page.headers['content-security-policy']).toContain(`default-src 'none'`);
      expect(page.payload).toContain('&#60;script&#62;alert(&#34;x&#34;)&#60;/script&#62;');
      expect(page.payload).not.toMatch(/<script|<img|<link|@import|url\(/);
      expect(page.payload).toContain('轿厢报警');
    }
    const page = (await gateway.app.inject(`/api/v1/handovers/${body.handover}/sheet.html`)).payload;
    expect(page).toContain(body.sha256);
    expect(page).toContain('接班人有异议');
  });
});
