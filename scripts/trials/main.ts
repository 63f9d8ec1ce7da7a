/** `scripts/month`: simulated homes are read for a month in minutes, billed as a clerk would, and every line is held against the dials. */
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { scoped } from '../benchmarks/processes/scope.ts';
import { apiOf } from './api.ts';
import { billMonth } from './bill-month.ts';
import { startTrialGateway } from './gateway.ts';
import { boundsOf, shifted } from './local-time.ts';
import { parseOptions } from './options.ts';
import { legsOf, lengthOf } from './pace.ts';
import { pass } from './pass.ts';
import { startSimulators } from './simulators.ts';
import { usageOf } from '../benchmarks/measure/process-usage.ts';
import { storedIn, untilAllKept } from './stored.ts';

/** So long before the month everything has been read for the first time. */
const BEFORE_S = 86_400;
/** Of the homes' time a second, while site and gateway are set up. */
const AT_FIRST = 1;

const options = parseOptions();
const folder = resolve(options.folder);
process.exitCode = await scoped(async (own) => {
  const began = performance.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bills'), { recursive: true });
  const { period } = options;
  const [from, to] = boundsOf(period);
  const start = shifted(from, -BEFORE_S);
  const simulators = own(await startSimulators({ ...options, folder }, start, AT_FIRST));
  const gateway = own(await startTrialGateway({ ...options, folder }, simulators.control));
  const { rate, pace } = gateway;
  const meters = await simulators.meters();
  const legs = legsOf(pace, rate, from, to);
  say(`${options.homes} homes, ${meters.length} meters; the gateway is ${gateway.apiUrl}`);
  say(
    `the lines carry a reading of each meter every ${pace.registersEveryS} s, and what it kept every ${pace.keptEveryS} s: the month ` +
      `passes ${rate} times as fast, ${Math.min(rate, pace.atCuts)} times around its ends; it is over in about ` +
      `${((lengthOf(legs, start) + pace.keptEveryS) / 60).toFixed(0)} min`,
  );
  for (const leg of legs) await pass(simulators, leg);
  const kept = await untilAllKept(gateway.storeFile, to, pace.keptEveryS);
  say(`the month is over after ${minutesSince(began)} min: ${storedIn(gateway.storeFile)}`);
  say(`${kept} meters have told what they kept at its end; ${usedBy(gateway.pid)}`);
  const api = apiOf(gateway.apiUrl);
  const rates = { between: rate, atCuts: Math.min(rate, pace.atCuts) };
  const isEqual = await billMonth({ api, simulators, meters, period, rates, folder: join(folder, 'bills'), say });
  say(`it took ${minutesSince(began)} min; everything is in ${folder}`);
  return isEqual ? 0 : 1;
});

function usedBy(pid: number): string {
  const { cpuMs, peakMB } = usageOf(pid);
  return `the gateway took ${peakMB.toFixed(0)} MB at most and ${(cpuMs / 60_000).toFixed(1)} min of a core`;
}

function minutesSince(began: number): string {
  return ((performance.now() - began) / 60_000).toFixed(1);
}

function say(line: string): void {
  console.log(`· ${line}`);
}
