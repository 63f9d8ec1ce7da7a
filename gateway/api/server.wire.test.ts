import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from './server.ts';
import { createGateway, type TestGateway } from './testing/gateway.ts';

let gateway: TestGateway;
let api: RunningApi;
beforeAll(async () => {
  gateway = await createGateway();
  api = await startApi(gateway.deps, { host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await api.close();
  await gateway.close();
});

/** A request with every header as given: fetch does not let a program choose its Host. */
async function ask(method: string, path: string, headers: Record<string, string>, body?: string) {
  const { hostname, port } = new URL(api.url);
  const asked = request({ hostname, port, method, path, headers, agent: false }).end(body);
  const [answer] = (await once(asked, 'response')) as [IncomingMessage];
  const { error } = JSON.parse(await text(answer)) as { error?: { code: string } };
  return [answer.statusCode, error?.code];
}
const json = { 'content-type': 'application/json' };
const start = JSON.stringify({ action: 'start', by: 'li' });
const commands = '/api/v1/devices/pump/commands';

describe('a listening API', () => {
  it('is bound to loopback', () => {
    expect(new URL(api.url).hostname).toBe('127.0.0.1');
  });

  it('answers whoever names this machine', async () => {
    expect(await ask('GET', '/api/v1/site', { host: 'localhost' })).toEqual([200, undefined]);
    expect(await ask('POST', commands, json, start)).toEqual([202, undefined]);
  });

  it('refuses a page that has rebound its own name', async () => {
    expect(await ask('GET', '/api/v1/site', { host: 'evil.example' })).toEqual([403, 'foreignHost']);
    expect(await ask('POST', commands, { ...json, host: 'evil.example' }, start)).toEqual([403, 'foreignHost']);
    expect(await ask('GET', '/nowhere', { host: 'evil.example' })).toEqual([403, 'foreignHost']);
  });

  it('refuses a page of another origin, and its preflight', async () => {
    const foreign = { origin: 'http://evil.example' };
    expect(await ask('POST', commands, { ...json, ...foreign }, start)).toEqual([403, 'crossOrigin']);
    expect(await ask('OPTIONS', commands, { ...foreign, 'access-control-request-method': 'POST' })).toEqual([
      403,
      'crossOrigin',
    ]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json+x'])(
    'refuses a body of %s, which a page may post without asking',
    async (type) => {
      expect(await ask('POST', commands, { 'content-type': type }, start)).toEqual([415, 'unsupportedMediaType']);
    },
  );

  it('takes no body without its type', async () => {
    expect(await ask('POST', commands, {}, start)).toEqual([415, 'unsupportedMediaType']);
  });

  it('refuses a body that would become part of every object', async () => {
    const body = '{"action":"start","by":"li","__proto__":{"admin":true}}';
    expect(await ask('POST', commands, json, body)).toEqual([400, 'invalidRequest']);
  });

  it('drops a client that breaks off in the middle of a request, and serves the next', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(`POST ${commands} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50\r\n`);
    socket.destroy();
    expect(await ask('GET', '/api/v1/site', {})).toEqual([200, undefined]);
  });
});

it('sends what keeps a browser from guessing, framing and remembering', async () => {
  const { headers } = await gateway.app.inject('/api/v1/site');
  expect(headers).toMatchObject({
    ...{ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' },
    ...{ 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" },
    ...{ 'cross-origin-resource-policy': 'same-origin' },
  });
  expect(headers).not.toHaveProperty('access-control-allow-origin');
});

it('says which port is taken', async () => {
  const port = Number(new URL(api.url).port);
  await expect(startApi(gateway.deps, { host: '127.0.0.1', port })).rejects.toThrow(`127.0.0.1:${port}`);
});
