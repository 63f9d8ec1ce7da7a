/**
 * The reference consumer, `gatehouse alarms --follow`, beside a gateway that is killed at random, a broker that is killed,
 * a network that is cut and frozen, and a database that is replaced: after each its mirror is the store, and it knows it.
 */
import { rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startMosquitto } from '../broker/testing/mosquitto.ts';
import { startProxy } from '../broker/testing/proxy.ts';
import type { AlarmRow } from '../store/rows.ts';
import { killCount } from './testing/chance.ts';
import { statesOf } from './testing/expectations.ts';
import { Follower, type MirrorLine } from './testing/follower.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { PATIENCE_MS, recordAndKill } from './testing/kill-run.ts';
import { serverPort } from './testing/server-port.ts';
import { readStored } from './testing/stored.ts';

const KILLS = killCount(4);
const ASK_EVERY_MS = 300;

interface Broker {
  /** Of the site file. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly port: number;
  /** Kills it, and starts it when `meanwhile` is over; null: it is the gateway's own. */
  readonly interrupt: ((meanwhile: () => Promise<void>) => Promise<void>) | null;
}

async function embedded(): Promise<Broker> {
  const port = await serverPort();
  return { settings: { port }, port, interrupt: null };
}

async function external(): Promise<Broker> {
  const { url, port, kill, start } = await startMosquitto(['allow_anonymous true', 'max_queued_messages 0']);
  const interrupt = async (meanwhile: () => Promise<void>): Promise<void> => {
    await kill();
    await meanwhile();
    await start();
  };
  return { settings: { type: 'external', url }, port, interrupt };
}

/** What a mirror must be: trusted, with the head of the store's states and each state that is not normal in full. */
function wanted(file: string): unknown {
  const stored = readStored(file);
  const { head, ...states } = statesOf(stored);
  const abnormal = stored.alarms.filter(({ letter }) => letter !== 'A').map(({ alarm }) => states[`state/${alarm}`]);
  return { distrust: null, head, abnormal, normal: [] };
}

function shown({ distrust, epoch, seq, nonNormal, stateHash, alarms }: MirrorLine, file: string): unknown {
  const abnormal = alarms.filter(({ letter }) => letter !== 'A').toSorted((a, b) => (a.alarm < b.alarm ? -1 : 1));
  const revs = new Map(readStored(file).alarms.map(({ alarm, letter, rev }) => [alarm, `${letter} ${rev}`]));
  const wrong = alarms.filter(({ alarm, letter, rev }) => letter === 'A' && revs.get(alarm) !== `A ${rev}`);
  const head = { epoch, seq, nonNormal, stateHash };
  return { distrust, head, abnormal: abnormal.map(({ state }) => state), normal: wrong };
}

async function expectSame(follower: Follower, file: string): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; ;) {
    const mirror = await follower.mirror();
    const is = shown(mirror, file);
    if (isDeepStrictEqual(is, wanted(file))) return;
    if (performance.now() > end) expect(is).toEqual(wanted(file));
    await delay(ASK_EVERY_MS);
  }
}

/** Acknowledges, over the API, so many alarms that nobody has; returns how many there were. */
async function acknowledge(apiUrl: string, most: number): Promise<number> {
  const { items } = (await (await fetch(`${apiUrl}/api/v1/alarms`)).json()) as { readonly items: readonly AlarmRow[] };
  const waiting = items.filter(({ acked }) => !acked).slice(0, most);
  for (const { alarm, occurrenceId, rev } of waiting) {
    const body = JSON.stringify({ occurrenceId, rev, by: 'guard', note: null });
    const headers = { 'content-type': 'application/json' };
    await fetch(`${apiUrl}/api/v1/alarms/${alarm}/acknowledge`, { method: 'POST', headers, body });
  }
  return waiting.length;
}

/** Every transition after it was first in step was told, once. */
function expectTold(follower: Follower, file: string): void {
  const lines = follower.lines();
  const first = lines.find((line) => line.kind === 'trust' && line.distrust === null);
  const from = first?.kind === 'trust' ? first.seq : NaN;
  const told = lines.flatMap((line) => (line.kind === 'happened' && line.event.seq > from ? [line.event.seq] : []));
  const events = readStored(file).events.filter(({ seq, domain }) => domain === 'alarm' && seq > from);
  expect(told.toSorted((a, b) => a - b)).toEqual(events.map(({ seq }) => seq));
  expect(told.length).toBeGreaterThan(0);
}

describe.each([
  ['embedded', embedded],
  ['external', external],
])('the mirror of a consumer on the %s broker', (_kind, start) => {
  it(`equals the store after ${KILLS} kills and everything else`, { timeout: 60_000 * (KILLS + 4) }, async () => {
    const { settings, port, interrupt } = await start();
    const network = await startProxy(port);
    const follower = new Follower(network.url);
    const { gateway, file } = await recordAndKill({
      ...{ kills: KILLS, broker: settings, brokerUrl: `mqtt://127.0.0.1:${port}` },
      afterKill: () => network.cut(),
    });
    await expectSame(follower, file);
    const { apiUrl } = await gateway.ready;
    const meanwhile = async (): Promise<void> => {
      expect(await acknowledge(apiUrl, 1)).toBeGreaterThan(0);
    };
    if (interrupt) {
      await interrupt(meanwhile);
      await expectSame(follower, file);
    }
    network.freeze();
    await meanwhile();
    network.cut();
    network.thaw();
    await expectSame(follower, file);
    expectTold(follower, file);

    await gateway.stop();
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
    const successor = new GatewayProcess(join(dirname(file), 'site.yaml'));
    await successor.ready;
    await expectSame(follower, file);
    await successor.stop();
    expect(await follower.stop()).toMatchObject({ kind: 'mirror', nonNormal: 0 });
  });
});
