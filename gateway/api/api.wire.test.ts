/** What must hold of the API as a whole: its document, its figures, its page. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RouteOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERRORS } from './errors.ts';
import { HEALTH, START } from './testing/figures.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

interface Operation {
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> };
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly content?: Readonly<Record<string, { schema?: object }>> }>
  >;
}

interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let gateway: TestGateway;
const routes: RouteOptions[] = [];
beforeAll(async () => {
  gateway = await createGateway();
  gateway.app.addHook('onRoute', (route) => void routes.push(route));
  await gateway.contact('di0', true);
  const deviceState = { state: 'offline', reason: 'no <answer>', since: START, lastGood: START - 1_000 } as const;
  gateway.recorder.record({ device: 'pump', deviceState });
  await gateway.recorder.flush();
});
afterAll(() => gateway.close());

describe('the OpenAPI document', () => {
  let document: OpenApi;
  let operations: [string, Operation][];
  beforeAll(async () => {
    document = (await gateway.app.inject('/api/v1/openapi.json')).json();
    operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]): [string, Operation] => [
        `${method.toUpperCase()} ${path}`,
        operation,
      ]),
    );
  });

  it('has every route that the server has, and no other', () => {
    const served = routes
      .filter(({ schema, method }) => schema?.hide !== true && method !== 'HEAD')
      .map(({ method, url }) => `${[method].flat().join()} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(served.length).toBeGreaterThan(20);
    expect(operations.map(([name]) => name).sort()).toEqual(served.sort());
  });

  it('has a schema for every answer and every body, and one for errors with each', () => {
    for (const [name, { responses, requestBody, summary }] of operations) {
      expect(summary, name).toBeTruthy();
      expect(Object.keys(responses), name).toContain('default');
      for (const [status, { content = {} }] of Object.entries(responses)) {
        const schemas = Object.values(content).map(({ schema }) => Object.keys(schema ?? {}).length);
        expect(schemas, `${name} ${status}`).not.toEqual([]);
        expect(schemas, `${name} ${status}`).not.toContain(0);
      }
      if (name.startsWith('POST')) expect(requestBody?.content['application/json']?.schema, name).toBeDefined();
    }
  });

  it('names what is in each path', () => {
    for (const [name, { parameters = [] }] of operations) {
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map((parameter) => parameter.name);
      expect(inPath, name).toEqual([...name.matchAll(/\{(\w+)\}/g)].map(([, key]) => key));
    }
  });

  it('says what an input may be, and which errors follow', () => {
    const find = (wanted: string) => operations.find(([name]) => name === wanted)?.[1];
    expect(find('GET /api/v1/events')?.parameters).toContainEqual({
      ...{ in: 'query', name: 'limit', required: false, description: 'So many at most' },
      schema: { type: 'integer', minimum: 1, maximum: 1000, default: 100 },
    });
    expect(find('GET /api/v1/events')?.responses['410']?.description).toContain('`gone`');
  });
});

describe('docs/api.md', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');

  it('lists every route', async () => {
    const { paths } = (await gateway.app.inject('/api/v1/openapi.json')).json<OpenApi>();
    const named = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `\`${method.toUpperCase()} ${path.replace('/api/v1', '')}\``),
    );
    // Lines that begin with | are a table only below a head with its rule.
    const tables = docs.split(/\n(?!\|)/).filter((part) => /^\|.*\n\|---/m.test(part));
    expect(named.filter((route) => !tables.some((table) => table.includes(`\n| ${route} |`)))).toEqual([]);
  });

  it('lists every error code with its status', () => {
    const rows = Object.entries(ERRORS).map(([code, { status }]) => `| \`${code}\` | ${status} |`);
    expect(rows.filter((row) => !docs.includes(row))).toEqual([]);
  });
});

describe('metrics', () => {
  it('tells buses, devices, store, outbox, broker, alarms and process as Prometheus expects', async () => {
    const answer = await gateway.app.inject('/api/v1/metrics');
    expect(answer.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
    const lines = answer.body.split('\n');
    for (const line of [
      'gatehouse_build_info{version="0.1.0"} 1',
      'gatehouse_bus_up{bus="lifts"} 1',
      'gatehouse_bus_up{bus="pump-room"} 0',
      'gatehouse_bus_exchanges_total{bus="lifts"} 120',
      'gatehouse_bus_errors_total{bus="lifts",code="timeout"} 3',
      'gatehouse_bus_latency_seconds{bus="lifts",quantile="0.95"} 0.03',
      'gatehouse_bus_budget_ratio{bus="lifts"} 0.4',
      'gatehouse_device_state{device="pump",state="offline"} 1',
      'gatehouse_commands_refused_total{code="outOfRange"} 2',
      'gatehouse_commands_repeated_total 1',
      'gatehouse_commands_finished_total{state="expired"} 1',
      `gatehouse_device_last_answer_timestamp_seconds{bus="lifts",device="lift-io"} ${START / 1000}`,
      'gatehouse_device_errors_total{bus="lifts",device="lift-io",code="timeout"} 3',
      'gatehouse_alarms{priority="1",state="B"} 1',
      'gatehouse_alarm_flood 0',
      'gatehouse_events_total 1',
      'gatehouse_outbox_waiting{lane="alarm"} 1',
      'gatehouse_outbox_waiting{lane="event"} 0',
      'gatehouse_broker_up 1',
      'gatehouse_broker_refusals_total{reason="oversize"} 2',
      'gatehouse_mqtt_received_total{kind="command"} 4',
      'gatehouse_mqtt_refused_total{reason="malformed"} 3',
      'gatehouse_recorder_commits_total 2',
      'gatehouse_loop_lag_seconds 0.012',
    ])
      expect(lines).toContain(line);
    expect(answer.body).toContain('process_resident_memory_bytes');
  });

  it('keeps to the conventions: a total for each counter, base units, one help each', async () => {
    const { body } = await gateway.app.inject('/api/v1/metrics');
    const types = [...body.matchAll(/^# TYPE (gatehouse_\w+) (\w+)$/gm)].map(([, name = '', type]) => [name, type]);
    expect(types.length).toBeGreaterThan(30);
    for (const [name = '', type] of types) expect(name.endsWith('_total'), name).toBe(type === 'counter');
    expect(body).not.toMatch(/^# TYPE gatehouse_\w*_(ms|minutes|percent|kilobytes)/m);
    for (const [, name = ''] of body.matchAll(/^(gatehouse_\w+)\{[^}]*quantile=/gm))
      expect(types).toContainEqual([name, 'summary']);
  });

  it('tells the figures of each scrape anew', async () => {
    await gateway.contact('di1', true);
    const { body } = await gateway.app.inject('/api/v1/metrics');
    expect(body).toContain('gatehouse_alarms{priority="3",state="B"} 1');
    expect(body).toContain('gatehouse_bus_exchanges_total{bus="lifts"} 120');
  });
});

it('tells a flood of alarms, on the page with its groups, until it is over', async () => {
  const flooded = await createGateway();
  await flooded.contact('di0', true);
  const told = async () => {
    const [metrics, page] = await Promise.all(['/api/v1/metrics', '/'].map((url) => flooded.app.inject(url)));
    return [/^gatehouse_alarm_flood (\d)$/m.exec(metrics?.body ?? '')?.[1], page?.body.includes('告警泛滥')];
  };
  const flood = { domain: 'alarmFlood', source: 'east-garden' };
  expect(await told()).toEqual(['0', false]);
  await flooded.events({ ...flood, type: 'began' });
  expect(await told()).toEqual(['1', true]);
  expect((await flooded.app.inject('/')).body).toMatch(/08:00:00[^]*\/alarms\/groups[^]*未确认 Unacknowledged/);
  await flooded.events({ ...flood, type: 'ended' });
  expect(await told()).toEqual(['0', false]);
  await flooded.close();
});

describe('health', () => {
  it('answers 200 while it works, and 503 when an alarm may not reach anybody', async () => {
    const well = await gateway.app.inject('/api/v1/health');
    expect([well.statusCode, well.json()]).toMatchObject([200, { status: 'degraded' }]);
    const full = await createGateway({ health: () => ({ ...HEALTH, storeTrouble: 'the store is full' }) });
    const answer = await full.app.inject('/api/v1/health');
    await full.close();
    expect([answer.statusCode, answer.json()]).toMatchObject([503, { status: 'failing' }]);
  });
});

describe('the page at /', () => {
  it('shows alarms and devices with their reasons, in two languages and local time', async () => {
    const { body, headers } = await gateway.app.inject('/');
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    for (const shown of [
      '东苑',
      '轿厢报警 Car alarm',
      '一号电梯',
      '离线 offline',
      '08:00:00',
      'active, unacknowledged',
    ])
      expect(body).toContain(shown);
    expect(body).toContain('<a href="/api/v1/devices/pump">');
  });

  it('escapes names and reasons', async () => {
    const { body } = await gateway.app.inject('/');
    expect(body).toContain('一号泵 &#60;主&#62;');
    expect(body).toContain('no &#60;answer&#62;');
    expect(body).not.toContain('<主>');
  });

  it('runs no script and loads nothing: its one style is allowed by its hash', async () => {
    const { body, headers } = await gateway.app.inject('/');
    const style = /<style>([^]*)<\/style>/.exec(body)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(body).not.toMatch(/<script|<link|src=|style=|https?:/);
  });
});

it('records gaps in the history', async () => {
  await gateway.store.write('gap', { from: START - 5_000, to: START, readings: 12, reason: 'no room in the store' });
  expect((await gateway.app.inject('/api/v1/gaps')).json()).toEqual({
    items: [
      {
        ...{ from: '2025-12-31T23:59:55.000Z', to: '2026-01-01T00:00:00.000Z' },
        ...{ readings: 12, reason: 'no room in the store' },
      },
    ],
  });
});
