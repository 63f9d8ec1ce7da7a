/** `scripts/month`: simulated homes are read for a month in minutes, billed as a clerk would, and every line is held against the dials. */
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { scoped } from '../benchmarks/processes/scope.ts';
import { apiOf, type Api } from './api.ts';
import { bill, settle, suspects, type Run, type Suspect } from './clerk.ts';
import { startTrialGateway } from './gateway.ts';
import { parseOptions } from './options.ts';
import { referee, shifted, type Refereed } from './referee.ts';
import { countOf, differencesOf, runWords, tableOf } from './report.ts';
import { startSimulators, type SimulatedMeter, type Simulators } from './simulators.ts';
import { readWorkbook } from './workbook.ts';

const DAY_S = 86_400;
/** So long before the month everything has been read for the first time. */
const DAYS_BEFORE = 1;
/** An exchange and the asking for the time take so long, in seconds of the machine. */
const DOUBT_S = 1.5;
const ZONE_MS = 8 * 3_600_000;

const OBIS: Readonly<Record<string, string>> = {
  electricity: '1-0:1.8.0',
  coldWater: '8-0:1.0.0',
  hotWater: '9-0:1.0.0',
  reclaimedWater: '8-0:1.0.0',
  gas: '7-0:3.0.0',
  heat: '6-0:1.0.0',
};

const options = { ...parseOptions() };
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
  await pass(simulators, shifted(to, options.daysAfter * DAY_S));
  await simulators.setSpeed(1);
  say(`the month is over after ${minutesSince(began)} min: ${storedIn(gateway.storeFile)}`);
  const api = apiOf(gateway.apiUrl);
  const isEqual = await trial(api, simulators, meters);
  say(`it took ${minutesSince(began)} min; everything is in ${folder}`);
  return isEqual ? 0 : 1;
});

/** The month of the clerk. Resolves with whether every line is as the dials showed, or explained. */
async function trial(api: Api, simulators: Simulators, meters: readonly SimulatedMeter[]): Promise<boolean> {
  const doubted = await suspects(api);
  say(`${doubted.length} readings in doubt, of ${suspectWords(doubted, meters)}`);
  const settled = await settle(api, doubted, (suspect) => dialShows(simulators, suspect, meters));
  say(`settled: ${settled.accepted} accepted, ${settled.rejected} rejected`);
  const all: Refereed[] = [];
  let missing = 0;
  for (const [utility, ofUtility] of Map.groupBy(meters, (meter) => meter.utility)) {
    const run = await bill(api, utility, options.period, join(folder, 'bills'));
    console.log(runWords(run));
    const lines = await refereed(run, ofUtility, simulators);
    missing += ofUtility.length - lines.length;
    all.push(...lines);
  }
  console.log(['', ...tableOf(all), '', ...differencesOf(all)].join('\n'));
  const count = countOf(all);
  console.log(
    `\n${all.length} lines of ${meters.length} meters, each with opening, closing and use: ${count.equal} equal, ${count.near} within the ` +
      `time of the reading, ${count.explained} explained by the meter, ${count.unexplained} not explained; ${missing} meters without a line`,
  );
  return count.unexplained + missing === 0;
}

async function refereed(
  { xlsx }: Run & { xlsx: string },
  meters: readonly SimulatedMeter[],
  simulators: Simulators,
): Promise<Refereed[]> {
  const byId = new Map(meters.map((meter) => [meter.id, meter]));
  const lines: Refereed[] = [];
  for (const line of readWorkbook(xlsx)) {
    const meter = byId.get(line.meter);
    if (!meter) throw new Error(`${xlsx} bills ${line.meter}, which is no meter of these homes`);
    lines.push(await referee(line, meter, simulators, Math.ceil(DOUBT_S * options.rate)));
  }
  return lines;
}

/** The clerk goes and looks: the value is right where the dial showed it at that time. */
async function dialShows(simulators: Simulators, { meter, value, at }: Suspect, meters: readonly SimulatedMeter[]) {
  const local = new Date(Date.parse(at) + ZONE_MS).toISOString().slice(0, 19);
  const doubt = Math.ceil(DOUBT_S * options.rate);
  const obis = OBIS[meters.find(({ id }) => id === meter)?.utility ?? ''] ?? '';
  const shown: number[] = [];
  for (const s of [-doubt, 0, doubt]) {
    const dial = await simulators.dial(meter, shifted(local, s));
    shown.push(Number(dial[obis]));
  }
  return Number(value) >= Math.min(...shown) && Number(value) <= Math.max(...shown);
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

function suspectWords(doubted: readonly Suspect[], meters: readonly SimulatedMeter[]): string {
  const troubles = new Map(meters.map(({ id, trouble }) => [id, trouble]));
  const byMeter = Map.groupBy(doubted, ({ meter }) => meter);
  const words = [...byMeter].map(
    ([meter, all]) => `${meter} (${troubles.get(meter) ?? 'nothing wrong'}): ${all.length}`,
  );
  return words.length === 0 ? 'no meter' : `${words.length} meters: ${words.slice(0, 40).join(', ')}`;
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
