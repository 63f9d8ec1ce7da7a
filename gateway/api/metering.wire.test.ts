/** Meters, readings and bills through the API of a running gateway: a meter on a real line, one that people read, one that is gone. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sdm120 } from '../../simulators/devices/eastron-sdm120.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import type { Gateway } from '../main.ts';
import type { NewMeterReading } from '../store/rows.ts';
import { until } from '../testing/programs.ts';
import { busOn, createSite } from '../testing/site.ts';
import { lastPeriodOver, midnightOnTheFirst } from '../metering/rules/period.ts';

const METERS = [
  'number,home,utility,device,point,digits,decimals,installedAt,initial,maxPerHour,removedAt,final',
  '000012345678,1-1-101,electricity,meter,importEnergy,6,2,2024-01-01,0,1000000,,',
  '000012345679,1-1-102,electricity,silent,importEnergy,6,2,2024-01-01,0,,,',
  'W1,1-1-101,coldWater,,,5,3,2024-01-01,0,,,',
  'W0,1-1-102,coldWater,,,5,3,2023-01-01,0,,2024-01-01 09:30,7',
].join('\n');
const HOMES = 'id,building,unit,room\n1-1-101,1,1,101\n1-1-102,1,1,102\n';
const ENTRY = { at: 0, who: 'test', what: 'test', detail: {} };
/** The last whole month, so that it is over whenever this runs. */
const PERIOD = lastPeriodOver(Date.now(), midnightOnTheFirst('Asia/Shanghai'));
const RUN = `electricity-${PERIOD.name}`;

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown> & { readonly error?: { readonly code: string; readonly details?: object } };
}

const closing: (() => Promise<unknown>)[] = [];
let gateway: Gateway;
let meter: ReturnType<typeof sdm120>;
let dropFolder = '';

beforeAll(async () => {
  meter = sdm120({ id: 'meter', unit: 1 });
  const line = await startSerialLine({ devices: [meter], paced: false });
  closing.push(() => line.close());
  meter.set({ importKWh: 100.5 });
  const devices = [
    { id: 'meter', bus: 'b', unit: 1, profile: 'eastron-sdm120' },
    { id: 'silent', bus: 'b', unit: 9, profile: 'eastron-sdm120' },
  ];
  const poll = { alarm: 200, fast: 500, normal: 60_000, slow: 60_000 };
  const buses = [busOn(line, { id: 'b', type: 'tcp-serial', baud: 115200, turnaroundMs: 2 })];
  const metering = { dropFolder: 'out' };
  const site = createSite({ buses, devices, poll, metering, meters: ['meters.csv'], homes: 'homes.csv' });
  dropFolder = join(site.folder, 'out');
  writeFileSync(join(site.folder, 'meters.csv'), METERS);
  writeFileSync(join(site.folder, 'homes.csv'), HOMES);
  gateway = await site.start();
  closing.push(() => gateway.stop());
  await until(() => gateway.store.meterReadings.lastGood('000012345678', Date.now() + 1_000), 'the first reading');
});
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function get(path: string): Promise<Answer> {
  const response = await fetch(`${gateway.apiUrl}/api/v1${path}`);
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

async function post(path: string, body: object): Promise<Answer> {
  const response = await fetch(`${gateway.apiUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ by: 'wang', ...body }),
  });
  return { status: response.status, body: (await response.json()) as Answer['body'] };
}

const code = ({ body }: Answer): string | undefined => body.error?.code;

function stored(number: string, at: number, value: string, rest: Partial<NewMeterReading> = {}): NewMeterReading {
  return { meter: number, at, value, quality: 'actual', standing: 'good', occasion: null, notes: [], ...rest };
}

const store = (...rows: NewMeterReading[]) => gateway.store.write('addMeterReadings', rows, ENTRY);

describe('meters and homes', () => {
  it('are listed as the registry has them, each with what it showed last', async () => {
    expect(await get('/meters?utility=electricity')).toMatchObject({ body: { total: 2 } });
    expect(await get('/meters/000012345678')).toMatchObject({
      body: { meter: '000012345678', unit: 'kWh', last: { value: '100.50', quality: 'actual' } },
    });
    expect(await get('/homes/1-1-101')).toMatchObject({ body: { building: '1', meters: [{}, { meter: 'W1' }] } });
    expect([code(await get('/meters/12345678')), code(await get('/homes/1-1-1'))]).toEqual([
      'unknownMeter',
      'unknownHome',
    ]);
  });
});

describe('the tables of meters and homes', () => {
  it('are kept as they came, and given back byte for byte', async () => {
    const { body } = await get('/registry/versions');
    const version = String(body['current']);
    expect(body).toMatchObject({ items: [{ version }] });
    const sha256 = createHash('sha256').update(METERS).digest('hex');
    expect((await get(`/registry/versions/${version}`)).body).toEqual({
      version,
      tables: [
        { n: 0, holds: 'meters', file: 'meters.csv', bytes: Buffer.byteLength(METERS), sha256 },
        expect.objectContaining({ n: 1, holds: 'homes', file: 'homes.csv' }),
      ],
    });
    const response = await fetch(`${gateway.apiUrl}/api/v1/registry/versions/${version}/tables/0`);
    expect([await response.text(), response.headers.get('etag')]).toEqual([METERS, `"${sha256}"`]);
    expect(code(await get(`/registry/versions/${version}/tables/2`))).toBe('unknownRegistry');
  });
});

describe('a reading', () => {
  it('is taken on demand from the meter itself', async () => {
    meter.set({ importKWh: 101.25 });
    expect(await post('/meters/000012345678/read', {})).toMatchObject({
      ...{ status: 200, body: { value: '101.25', quality: 'actual', standing: 'good' } },
    });
    const refused = [await post('/meters/W1/read', {}), await post('/meters/W0/read', {})];
    expect(refused.map(({ body }) => body.error)).toMatchObject([
      { code: 'notRead', message: 'nothing reads this meter: people do' },
      { code: 'notRead', message: 'nothing reads this meter: it was removed at 2024-01-01 09:30:00' },
    ]);
  });

  it('is entered by a person, with its digits checked', async () => {
    const enter = (value: string, rest: object = {}) => post('/meters/W1/readings', { value, ...rest });
    expect(await enter('12.5')).toMatchObject({ status: 200, body: { value: '12.500', quality: 'manual' } });
    const said = ['12.3456', '-1', '1e3', '123456', ''].map((value) => enter(value));
    expect((await Promise.all(said)).map(code)).toEqual(Array.from({ length: 5 }, () => 'badReading'));
    expect(code(await enter('13', { at: Date.now() + 3_600_000 }))).toBe('badReading');
    expect(code(await enter('13', { at: Date.UTC(2020, 0, 1) }))).toBe('badReading');
    expect(code(await enter('3'))).toBe('implausible');
    expect(await enter('3', { confirmed: true, note: 'misread before' })).toMatchObject({ status: 200 });
    expect(code(await post('/meters/W9/readings', { value: '1' }))).toBe('unknownMeter');
  });

  it('in doubt is settled once, with a note', async () => {
    const at = Date.UTC(2025, 0, 10);
    const suspect = (value: string) => stored('W1', at, value, { standing: 'suspect', notes: ['it jumped'] });
    const [accepted, replaced, estimated, ...others] = await store(...['1', '2', '3', '4', '5'].map(suspect));
    const settle = (id: number | undefined, body: object) => post(`/readings/${id}/settle`, { note: 'seen', ...body });
    const { items } = (await get('/suspects?limit=2')).body as { items: object[] };
    expect(items).toMatchObject([{ id: accepted, notes: ['it jumped'] }, {}]);
    const ofOne = await get(`/suspects?meter=W1&limit=3&after=${accepted}`);
    expect(ofOne.body).toMatchObject({ items: [{ id: replaced }, { id: estimated }, {}], next: others[0] });
    expect((await get(`/suspects?meter=W1&after=${others[0]}`)).body).toMatchObject({ items: [{}], next: null });
    expect((await get('/suspects?meter=000012345679')).body).toEqual({ items: [], next: null });
    expect(code(await get('/suspects?meter=W9'))).toBe('unknownMeter');
    expect((await get('/suspects?meter=W9&after=1')).body).toEqual({ items: [], next: null });
    expect((await settle(accepted, { decision: 'accept', value: '7' })).body.error).toMatchObject({
      code: 'badReading',
      message: 'that is no reading of this meter: a value goes with replace and estimate alone',
    });
    expect(await settle(accepted, { decision: 'accept' })).toMatchObject({ status: 200, body: { standing: 'good' } });
    expect(code(await settle(accepted, { decision: 'reject' }))).toBe('alreadySettled');
    expect(code(await settle(replaced, { decision: 'replace', value: '1.2345' }))).toBe('badReading');
    expect((await settle(replaced, { decision: 'replace' })).body.error).toMatchObject({
      code: 'badReading',
      message: 'that is no reading of this meter: to replace it needs a value, what the dial showed',
    });
    expect(code(await settle(replaced, { decision: 'replace', value: '1.5' }))).toBe('implausible');
    expect(await settle(replaced, { decision: 'replace', value: '1.5', confirmed: true })).toMatchObject({
      body: { standing: 'rejected' },
    });
    expect(code(await settle(estimated, { decision: 'estimate' }))).toBe('noEstimate');
    expect(await settle(estimated, { decision: 'estimate', value: '1.6', confirmed: true })).toMatchObject({
      status: 200,
    });
    expect(code(await settle(accepted, { decision: 'accept', note: ' ' }))).toBe('invalidRequest');
    expect(code(await settle(999_999, { decision: 'accept' }))).toBe('unknownReading');
    await store(stored('GONE', at, '1', { standing: 'suspect' }));
    expect(code(await post('/meters/GONE/settle', { decision: 'accept', note: 'right' }))).toBe('unknownMeter');
    const gone = await post('/meters/GONE/settle', { decision: 'reject', note: 'taken down' });
    expect(gone).toMatchObject({ status: 200, body: { settled: 1 } });
    expect(code(await post('/meters/W9/settle', { decision: 'reject', note: 'typed wrong' }))).toBe('unknownMeter');
    const all = await post('/meters/W1/settle', { decision: 'reject', note: 'all of that day' });
    expect(all.body).toEqual({ settled: others.length });
    const readings = await get(`/meters/W1/readings?from=${at}&to=${at}`);
    const kept = (readings.body as { items: { value: string; quality: string; standing: string }[] }).items;
    expect(
      kept.filter(({ standing }) => standing === 'good').map(({ value, quality }) => `${value} ${quality}`),
    ).toEqual([...['1 actual', '1.500 manual', '1.600 estimated']]);
    const { items: audit } = (await get('/audit?limit=1')).body as { items: object[] };
    expect(audit).toMatchObject([
      { who: 'wang', what: 'meter.settleAll', detail: { meter: 'W1', decision: 'reject' } },
    ]);
  });

  it('goes on from what a person has decided', async () => {
    meter.set({ importKWh: 50 });
    const suspect = await post('/meters/000012345678/read', {});
    expect(suspect.body).toMatchObject({ value: '50.00', standing: 'suspect' });
    const body = { decision: 'accept', note: 'a new meter with the old number' };
    expect((await post(`/readings/${String(suspect.body['id'])}/settle`, body)).status).toBe(200);
    meter.set({ importKWh: 50.1 });
    expect((await post('/meters/000012345678/read', {})).body).toMatchObject({ value: '50.10', standing: 'good' });
  });
});

describe('people who move', () => {
  it('have all meters of their home read, and what was read by hand entered', async () => {
    meter.set({ importKWh: 51 });
    const moved = await post('/homes/1-1-101/move', {
      occasion: 'moveOut',
      values: { W1: '3' },
      note: 'keys returned',
    });
    expect(moved.body).toMatchObject({
      meters: [
        { meter: '000012345678', reading: { value: '51.00', occasion: 'moveOut' }, trouble: null },
        { meter: 'W1', reading: { value: '3.000', quality: 'manual', occasion: 'moveOut' }, trouble: null },
      ],
    });
    const { moves } = (await get('/homes/1-1-101')).body as { moves: { meter: string }[] };
    expect(moves.map((reading) => reading.meter).sort()).toEqual(['000012345678', 'W1']);
    expect(code(await post('/homes/9-9-999/move', { occasion: 'moveIn' }))).toBe('unknownHome');
    expect(code(await post('/homes/1-1-101/move', { occasion: 'moveIn', values: { W9: '1' } }))).toBe('unknownMeter');
  });
});

describe('a billing run', () => {
  it('goes from draft to acknowledged, and its files are the same bytes everywhere', async () => {
    await store(
      ...[stored('000012345678', PERIOD.from, '10.00'), stored('000012345678', PERIOD.to, '30.50')],
      ...[stored('000012345679', PERIOD.from, '5.00'), stored('000012345679', PERIOD.to, '4.00')],
    );
    const draft = await post('/billing/runs', { utility: 'electricity', period: PERIOD.name });
    expect(draft.body).toMatchObject({
      run: RUN,
      state: 'draft',
      draft: 1,
      figures: { lines: 2, consumption: '20.50', unit: 'kWh' },
    });
    expect(code(await post(`/billing/runs/${RUN}/close`, { draft: 1 }))).toBe('notChecked');
    const checked = await post(`/billing/runs/${RUN}/check`, {});
    expect(checked.body['blocking']).toEqual(['000012345679:backwards']);
    const blocked = await post(`/billing/runs/${RUN}/close`, { draft: 1 });
    expect(blocked.body.error).toMatchObject({ code: 'blocked', details: { about: ['000012345679:backwards'] } });
    const accept = (body: object) => post(`/billing/runs/${RUN}/accept`, body);
    expect(code(await accept({ keys: ['nothing'], note: 'x' }))).toBe('noSuchFinding');
    expect(code(await accept({ keys: ['000012345679:backwards'], note: '' }))).toBe('noteRequired');
    expect((await accept({ keys: ['000012345679:backwards'], note: 'exchanged, not entered' })).status).toBe(200);
    expect(code(await post(`/billing/runs/${RUN}/close`, { draft: 9 }))).toBe('stale');
    expect(code(await post(`/billing/runs/${RUN}/revise`, { corrections: [{ chain: 'E1', why: 'x' }] }))).toBe(
      'stillOpen',
    );
    expect(code(await post(`/billing/runs/${RUN}/export`, {}))).toBe('notClosed');
    expect(code(await post(`/billing/runs/${RUN}/discard`, { note: '' }))).toBe('noteRequired');
    expect((await post(`/billing/runs/${RUN}/close`, { draft: 1 })).body).toMatchObject({ closed: { by: 'wang' } });
    expect(code(await post(`/billing/runs/${RUN}/discard`, { note: 'x' }))).toBe('alreadyClosed');
    expect(code(await post(`/billing/runs/${RUN}/close`, { draft: 1 }))).toBe('alreadyClosed');
    expect(code(await post('/billing/runs', { utility: 'electricity', period: PERIOD.name }))).toBe('alreadyClosed');
    await until(() => existsSync(join(dropFolder, `${RUN}.manifest.json`)), 'the drop folder');
    for (const kind of ['csv', 'xlsx', 'ndjson', 'manifest']) {
      const response = await fetch(`${gateway.apiUrl}/api/v1/billing/runs/${RUN}/files/${kind}`);
      const bytes = Buffer.from(await response.arrayBuffer());
      const name = kind === 'manifest' ? `${RUN}.manifest.json` : `${RUN}.${kind}`;
      expect(bytes.equals(readFileSync(join(dropFolder, name)))).toBe(true);
      expect(response.headers.get('etag')).toBe(`"${createHash('sha256').update(bytes).digest('hex')}"`);
    }
    const unacknowledged = async () =>
      ((await get('/billing/runs?unacknowledged=true')).body as { total: number }).total;
    expect(await unacknowledged()).toBe(1);
    const run = await get(`/billing/runs/${RUN}`);
    expect(code(await post(`/billing/runs/${RUN}/acknowledge`, { manifest: 'ab' }))).toBe('otherManifest');
    const manifest = String(run.body['manifest']).toUpperCase();
    const acknowledged = await post(`/billing/runs/${RUN}/acknowledge`, { manifest });
    expect(acknowledged.body).toMatchObject({ state: 'acknowledged', acknowledged: { by: 'wang' } });
    expect(await unacknowledged()).toBe(0);
  });

  it('gives its lines by pages and as a stream', async () => {
    const page = await get(`/billing/runs/${RUN}/lines?limit=1`);
    expect(page.body).toMatchObject({ total: 2, next: 0, items: [{ n: 0, line: { consumption: '20.50' } }] });
    const opening = { value: '10.00', at: new Date(PERIOD.from).toISOString() };
    expect(page.body).toMatchObject({ items: [{ line: { opening, segments: [{ opening }] } }] });
    expect((await get(`/billing/runs/${RUN}/lines?after=0`)).body).toMatchObject({ next: null, items: [{ n: 1 }] });
    const response = await fetch(`${gateway.apiUrl}/api/v1/billing/runs/${RUN}/lines.ndjson`);
    const lines = (await response.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { chain: string; opening: object });
    expect(lines[0]?.opening).toMatchObject(opening);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(lines.map(({ chain }) => chain)).toEqual(['000012345678', '000012345679']);
  });

  it('is corrected by a revision that names the line', async () => {
    const revise = (corrections: object[]) => post(`/billing/runs/${RUN}/revise`, { corrections });
    expect(code(await revise([{ chain: 'E9', why: 'wrong' }]))).toBe('noSuchLine');
    const opened = await revise([{ chain: '000012345679', why: 'the exchange was entered' }]);
    expect(opened.body).toMatchObject({
      run: `${RUN}-r1`,
      revision: 1,
      corrections: [{ replaces: RUN }],
      drafted: null,
    });
    expect(code(await post(`/billing/runs/${RUN}-r1/check`, {}))).toBe('notDrafted');
    expect((await post(`/billing/runs/${RUN}-r1/draft`, {})).body).toMatchObject({ figures: { lines: 1 } });
  });

  it.each([
    ['an unknown period', 'electricity', '2026-13', 'unknownPeriod'],
    ['a period that is not over', 'electricity', '2099-01', 'notOver'],
    ['a utility without meters', 'gas', PERIOD.name, 'nothingToBill'],
    ['what is no utility', 'steam', PERIOD.name, 'invalidRequest'],
  ])('is refused for %s', async (_, utility, period, expected) => {
    expect(code(await post('/billing/runs', { utility, period }))).toBe(expected);
  });

  it('that is not there is said to be so', async () => {
    const codes = [
      await get('/billing/runs/x'),
      await get('/billing/runs/x/lines'),
      await get('/billing/runs/x/files/csv'),
    ];
    expect(codes.map(code)).toEqual(['unknownRun', 'unknownRun', 'unknownRun']);
    expect(code(await get(`/billing/runs/${RUN}-r1/files/csv`))).toBe('notOnFile');
  });
});
