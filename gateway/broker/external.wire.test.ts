import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../clock.ts';
import { ExternalBroker, type ExternalSettings } from './external.ts';
import type { Inbound } from './publisher.ts';
import { collect, connect, startEmbedded, topics } from './testing/brokers.ts';
import { run, startMosquitto } from './testing/mosquitto.ts';
import { startProxy } from './testing/proxy.ts';
import { until } from './testing/wait.ts';
import { createTopics } from './topics.ts';

const say = (text: string, retain = false) => ({ topic: topics.status, payload: text, retain, qos: 1 }) as const;
const OPEN = topics.command('gate1', 'open');

function open(url: string, settings: Partial<ExternalSettings> = {}) {
  const trouble: string[] = [];
  const onTrouble = (reason: string) => trouble.push(reason);
  const fixed = { topics, clientId: 'gatehouse-site1', clock: systemClock, will: () => say('gone', true), onTrouble };
  const external = new ExternalBroker({ url, ...fixed, ...settings });
  const inbound: Inbound[] = [];
  external.onMessage((message) => inbound.push(message));
  onTestFinished(() => external.close());
  return { external, inbound, trouble };
}

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'gatehouse-external-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

describe('an external broker', () => {
  it('gets our messages, and gives us what is meant for us', async () => {
    const { port, url } = await startMosquitto();
    const { external, inbound } = open(url);
    await external.start();
    await until('connected', () => external.online());
    await external.publish(say('kept', true));
    const args = ['-h', '127.0.0.1', '-p', String(port), '-q', '1'];
    expect((await run('mosquitto_sub', [...args, '-t', topics.status, '-C', '1', '-W', '5'])).output).toBe('kept\n');
    await run('mosquitto_pub', [...args, '-t', OPEN, '-m', 'now']);
    await run('mosquitto_pub', [...args, '-t', topics.alarmEvent, '-m', 'not for us']);
    await until('the command arrives', () => inbound.length > 0);
    expect(inbound.map(({ topic, payload, retained, by }) => [topic, payload.toString(), retained, by])).toEqual([
      [OPEN, 'now', false, 'mqtt'],
    ]);
  });

  it('that hands over messages of any length costs no memory, and is not left for it', async () => {
    const { port, url } = await startMosquitto();
    const path = join(await folder(), 'long');
    await writeFile(path, Buffer.alloc(16 * 1024 * 1024, 'x'));
    const args = ['-h', '127.0.0.1', '-p', String(port), '-q', '1', '-t', OPEN];
    await run('mosquitto_pub', [...args, '-f', path, '-r']);
    const { external, inbound } = open(url);
    await external.start();
    await until('the retained one', () => inbound.length === 1);
    await run('mosquitto_pub', [...args, '-f', path]);
    await run('mosquitto_pub', [...args, '-m', 'now']);
    await until('the short one', () => inbound.length === 3);
    expect(inbound.map(({ payload, retained }) => [payload.toString(), retained])).toEqual([
      ['', true],
      ['', false],
      ['now', false],
    ]);
    expect(external.refusals).toEqual({ oversize: 2 });
    expect(external.counters).toEqual({ connects: 1, failures: 0 });
  });

  it('that replays a retained command has it marked as such', async () => {
    const { port, url } = await startMosquitto();
    await run('mosquitto_pub', ['-h', '127.0.0.1', '-p', String(port), '-t', OPEN, '-m', 'old', '-r']);
    const { external, inbound } = open(url);
    await external.start();
    await until('it arrives', () => inbound.length === 1);
    expect(inbound[0]?.retained).toBe(true);
  });

  it('that is not there yet is tried for ever', async () => {
    const mosquitto = await startMosquitto();
    await mosquitto.kill();
    const { external, trouble } = open(mosquitto.url);
    await external.start();
    await expect(external.publish(say('too early'))).rejects.toMatchObject({ code: 'offline' });
    await until('it was tried three times', () => trouble.length >= 3);
    expect(trouble[0]).toContain('no broker listens on this port');
    await mosquitto.start();
    await until('connected', () => external.online(), 20_000);
  });

  it('that is killed loses nothing silently: what it has not acknowledged is told to be lost, and we subscribe again', async () => {
    const mosquitto = await startMosquitto();
    const { external, inbound } = open(mosquitto.url);
    let connections = 0;
    external.onConnect(() => (connections += 1));
    await external.start();
    await until('connected', () => connections === 1);
    const settled = Promise.allSettled(Array.from({ length: 500 }, (_, n) => external.publish(say(`message ${n}`))));
    await mosquitto.kill();
    const results = await settled;
    const lost = results.filter(({ status }) => status === 'rejected');
    for (const result of lost) expect(result).toMatchObject({ reason: { code: 'offline' } });
    expect(results).toHaveLength(500);
    expect(external.online()).toBe(false);
    await mosquitto.start();
    await until('connected again', () => connections === 2, 20_000);
    const args = ['-h', '127.0.0.1', '-p', String(mosquitto.port), '-q', '1', '-t', OPEN, '-m', 'now'];
    await run('mosquitto_pub', args);
    await until('the command arrives', () => inbound.length === 1);
  });

  it('publishes our will when the network cuts us off, and not when we close', async () => {
    const mosquitto = await startMosquitto();
    const proxy = await startProxy(mosquitto.port);
    const watcher = await connect(mosquitto.url);
    const got = collect(watcher);
    await watcher.subscribeAsync(topics.status, { qos: 1 });
    const { external } = open(proxy.url);
    await external.start();
    await until('connected', () => external.online());
    proxy.cut();
    await until('the will is published', () => got.some(({ text }) => text === 'gone'));
    await until('connected again', () => external.online());
    got.length = 0;
    await external.close();
    for (const text of ['after', 'and after']) await watcher.publishAsync(topics.status, text, { qos: 1 });
    await until('what was published after arrives', () => got.length >= 2);
    expect(got.map(({ text }) => text)).toEqual(['after', 'and after']);
  });

  it('that owes us PUBACKs does not hold up our closing', async () => {
    const mosquitto = await startMosquitto();
    const proxy = await startProxy(mosquitto.port);
    const { external } = open(proxy.url);
    await external.start();
    await until('connected', () => external.online());
    proxy.freeze();
    const owed = external.publish(say('owed'));
    const start = performance.now();
    await Promise.all([external.close(), expect(owed).rejects.toMatchObject({ code: 'offline' })]);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('that refuses our password is tried again with what is right by then, and says why', async () => {
    const path = join(await folder(), 'passwords');
    execFileSync('mosquitto_passwd', ['-c', '-b', path, 'gateway', 'right']);
    const { url } = await startMosquitto(['allow_anonymous false', `password_file ${path}`]);
    let password = 'wrong';
    const { external, trouble } = open(url, { username: 'gateway', secrets: () => ({ password }) });
    await external.start();
    await until('it was tried twice', () => trouble.length >= 2);
    expect(trouble[0]).toContain('Not authorized');
    password = 'right';
    await until('connected', () => external.online());
  });

  it('that lets us subscribe to nothing gets our messages all the same', async () => {
    // Our own broker, of another site: it refuses our filters with 0x80.
    const { url } = await startEmbedded({ topics: createTopics('community', 'elsewhere') });
    const { external, trouble } = open(url);
    await external.start();
    await until('connected', () => external.online());
    await external.publish(say('heard?'));
    expect(trouble).toEqual([expect.stringContaining('commands over MQTT will not arrive')]);
  });

  it('is not given what can never be published', async () => {
    const { url } = await startMosquitto();
    const { external } = open(url);
    await external.start();
    await until('connected', () => external.online());
    await expect(external.publish({ ...say('x'), topic: 'a/#' })).rejects.toMatchObject({ code: 'refused' });
    expect(external.online()).toBe(true);
  });

  it('over TLS is believed only with a certificate of the authority that was named', async () => {
    const path = await folder();
    const file = (name: string) => join(path, name);
    const openssl = (...args: string[]) => execFileSync('openssl', args, { stdio: 'ignore' });
    for (const name of ['ca', 'other']) {
      const subject = ['-subj', `/CN=${name}`, '-keyout', file(`${name}.key`), '-out', file(`${name}.crt`)];
      openssl('req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject);
    }
    openssl('req', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=x', '-keyout', file('key'), '-out', file('csr'));
    await writeFile(file('ext'), 'subjectAltName=IP:127.0.0.1\n');
    const signed = ['-CA', file('ca.crt'), '-CAkey', file('ca.key'), '-CAcreateserial', '-extfile', file('ext')];
    openssl('x509', '-req', '-days', '2', '-in', file('csr'), ...signed, '-out', file('crt'));
    const tls = [`cafile ${file('ca.crt')}`, `certfile ${file('crt')}`, `keyfile ${file('key')}`];
    const { port } = await startMosquitto([...tls, 'allow_anonymous true']);
    const url = `mqtts://127.0.0.1:${port}`;
    const stranger = open(url, { secrets: () => ({ ca: readFileSync(file('other.crt'), 'utf8') }) });
    await stranger.external.start();
    await until('it is refused', () => stranger.trouble.length > 0);
    expect(stranger.external.online()).toBe(false);
    const known = open(url, { secrets: () => ({ ca: readFileSync(file('ca.crt'), 'utf8') }) });
    await known.external.start();
    await until('connected', () => known.external.online());
    await known.external.publish(say('safe'));
  });
});
