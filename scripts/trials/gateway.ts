/** The gateway on a site of those homes, on their time, as an installer would have set it up. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { freePort } from '../../gateway/testing/programs.ts';
import { spawnGateway, type GatewayProcess } from '../benchmarks/processes/gateway.ts';
import type { TrialOptions } from './options.ts';
import { paceOf, type Pace } from './pace.ts';
import { roundsOf } from './rounds.ts';

const CLI = 'gateway/cli/index.ts';
/** An answer takes up to half a second: so much of the homes' time a clock that was just asked for is behind. */
const ANSWER_S = 0.5;

export interface TrialGateway extends GatewayProcess {
  readonly folder: string;
  readonly apiUrl: string;
  readonly storeFile: string;
  readonly pace: Pace;
  /** That the month passes at between its ends. */
  readonly rate: number;
}

/** Resolves when it runs. Rejects where time is to pass faster than the lines bear. */
export async function startTrialGateway(options: TrialOptions, control: string): Promise<TrialGateway> {
  const folder = join(options.folder, 'site');
  rmSync(folder, { recursive: true, force: true });
  execFileSync(process.execPath, [CLI, 'simulate', 'site', folder, '--control', control], { stdio: 'ignore' });
  const siteFile = join(folder, 'site.yaml');
  const apiPort = await freePort();
  const pace = paceOf(await roundsOf(siteFile));
  const rate = rateOf(options, pace);
  const site = parse(readFileSync(siteFile, 'utf8')) as Record<string, unknown>;
  writeFileSync(siteFile, stringify({ ...site, ...overrides(pace, apiPort), metering: metering(site, pace, rate) }));
  const apiUrl = `http://127.0.0.1:${apiPort}/api/v1`;
  const place = { folder, siteFile, apiUrl, mqttUrl: '' };
  const gateway = spawnGateway(place, { arguments: ['--simulated-time', control] });
  await gateway.running();
  return { ...gateway, ...place, storeFile: join(folder, 'store.sqlite'), pace, rate };
}

function rateOf({ rate }: TrialOptions, { fastest }: Pace): number {
  if (rate === undefined || rate <= fastest) return rate ?? fastest;
  throw new Error(
    `--rate ${rate} is faster than these lines bear: ${fastest} at most, and more with fewer --homes-per-line`,
  );
}

function overrides({ keptEveryS }: Pace, apiPort: number) {
  return { broker: { port: 0 }, api: { port: apiPort }, poll: { rare: keptEveryS * 1_000 } };
}

/** As often as the lines can carry, in the machine's time. */
function metering(site: Record<string, unknown>, { registersEveryS: every }: Pace, rate: number) {
  const own = site['metering'] as Record<string, unknown>;
  const clockBeyondS = 60 + Math.ceil(ANSWER_S * rate);
  return { ...own, electricityEveryS: every, othersEveryS: every, estimates: false, clockBeyondS };
}
