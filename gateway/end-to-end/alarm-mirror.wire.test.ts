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
import { Follower } from './testing/follower.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { PATIENCE_MS, recordAndKill } from './testing/kill-run.ts';
import { serverPort } from './testing/server-port.ts';
import { shownMirror, wantedMirror } from './testing/states.ts';
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

async function expectSame(follower: Follower, file: string): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; ;) {
    const mirror = await follower.mirror();
    const stored = readStored(file);
    const [is, wanted] = [shownMirror(mirror, stored), wantedMirror(stored)];
    if (isDeepStrictEqual(is, wanted)) return;
    if (performance.now() > end) expect(is).toEqual(wanted);
    await delay(ASK_EVERY_MS);
  }
}

/** Acknowledges an alarm over the API, or resets it. */
async function decide(apiUrl: string): Promise<void> {
  const { items } = (await (await fetch(`${apiUrl}/api/v1/alarms`)).json()) as { readonly items: readonly AlarmRow[] };
  const { alarm, occurrenceId, rev, acked } = items[0] ?? expect.fail('nothing is left to decide');
  const { ok } = await fetch(`${apiUrl}/api/v1/alarms/${alarm}/${acked ? 'reset' : 'acknowledge'}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ occurrenceId, rev, by: 'guard', note: 'looked, and dealt with' }),
  });
  expect(ok).toBe(true);
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
    const brokerUrl = `mqtt://127.0.0.1:${port}`;
    const { gateway, file } = await recordAndKill({ kills: KILLS, broker: settings, brokerUrl });
    await expectSame(follower, file);
    const { apiUrl } = await gateway.ready;
    if (interrupt) {
      await interrupt(() => decide(apiUrl));
      await expectSame(follower, file);
    }
    network.cut();
    await decide(apiUrl);
    await expectSame(follower, file);
    network.freeze();
    await decide(apiUrl);
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
