/** `scripts/month`: simulated homes are read for a month in minutes, billed as a clerk would, and every line is held against the dials. */
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { scoped } from '../benchmarks/processes/scope.ts';
import { apiOf } from './api.ts';
import { billMonth } from './bill-month.ts';
import { startTrialGateway } from './gateway.ts';
import { parseOptions } from './options.ts';
import { shifted } from './referee.ts';
import { startSimulators, type Simulators } from './simulators.ts';

const DAY_S = 86_400;
/** So long before the month everything has been read for the first time. */
const DAYS_BEFORE = 1;
/** So long after the month no meter is at its settlement any more. */
const AFTER_S = 10_800;
/** How fast time passes while what meters have kept is asked for: slowly, so that their clocks are seen as they are. */
const SLOW = 10;
/** A clock that follows learns a little late that time is slower, and stands still until it is caught up with: not for long. */
const STEP = 6;
const STEP_MS = 6_000;
const ZONE_MS = 8 * 3_600_000;

const options = parseOptions();
const folder = resolve(options.folder);
process.exitCode = await scoped(async (own) => {
  const began = performance.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bills'), { recursive: true });
  const [from, to] = boundsOf(options.period);
  const simulators = own(await startSimulators({ ...options, folder }, shifted(from, -DAYS_BEFORE * DAY_S)));
  const gateway = own(await startTrialGateway({ ...options, folder }, simulators.control));
  const meters = await simulators.meters();
  say(
    `${options.homes} homes, ${meters.length} meters, ${options.rate} times as fast; the gateway is ${gateway.apiUrl}`,
  );
  await pass(simulators, shifted(to, AFTER_S));
  await slowDown(simulators);
  await untilAllKept(gateway.storeFile, Date.parse(`${to}Z`) - ZONE_MS, gateway.rareMs);
  say(`the month is over after ${minutesSince(began)} min: ${storedIn(gateway.storeFile)}`);
  const api = apiOf(gateway.apiUrl);
  const { period, rate } = options;
  const isEqual = await billMonth({ api, simulators, meters, period, rate, folder: join(folder, 'bills'), say });
  say(`it took ${minutesSince(began)} min; everything is in ${folder}`);
  return isEqual ? 0 : 1;
});

async function slowDown(simulators: Simulators): Promise<void> {
  for (let speed = options.rate; speed > SLOW;) {
    speed = Math.max(SLOW, speed / STEP);
    await simulators.setSpeed(speed);
    await delay(STEP_MS);
  }
}

async function pass(simulators: Simulators, until: string): Promise<void> {
  for (let told = ''; ;) {
    await delay(500);
    const { local } = await simulators.time();
    if (local >= until) return;
    const day = local.slice(0, 10);
    if (day !== told) process.stderr.write(`${day}\r`);
    told = day;
  }
}

/** Resolves when within `quietMs` no meter has told any more what it kept at `cut`. */
async function untilAllKept(file: string, cut: number, quietMs: number): Promise<void> {
  let [kept, since] = [-1, performance.now()];
  while (performance.now() - since < quietMs) {
    await delay(1_000);
    const now = keptAt(file, cut);
    if (now > kept) [kept, since] = [now, performance.now()];
  }
}

function keptAt(file: string, cut: number): number {
  const db = new Database(file, { readonly: true });
  const count = db.prepare('SELECT count(*) FROM meter_readings WHERE quality = 1 AND at = ?').pluck().get(cut);
  db.close();
  return Number(count);
}

function storedIn(file: string): string {
  const db = new Database(file, { readonly: true });
  const rows = db.prepare('SELECT quality, count(*) AS n FROM meter_readings GROUP BY quality').all() as {
    quality: number;
    n: number;
  }[];
  db.close();
  const of = (quality: number): number => rows.find((row) => row.quality === quality)?.n ?? 0;
  return `${of(0)} readings over the wire and ${of(1)} frozen ones are stored`;
}

function boundsOf(period: string): [from: string, to: string] {
  const from = `${period}-01T00:00:00`;
  const next = new Date(Date.parse(`${from}Z`));
  next.setUTCMonth(next.getUTCMonth() + 1);
  return [from, next.toISOString().slice(0, 19)];
}

function minutesSince(began: number): string {
  return ((performance.now() - began) / 60_000).toFixed(1);
}

function say(line: string): void {
  console.log(`· ${line}`);
}
