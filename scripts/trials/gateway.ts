/** The gateway on a site of those homes, on their time, as an installer would have set it up. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { freePort } from '../../gateway/testing/programs.ts';
import { spawnGateway, type GatewayProcess } from '../benchmarks/processes/gateway.ts';
import type { TrialOptions } from './options.ts';

const CLI = 'gateway/cli/index.ts';
/** How long one home keeps its line busy: for its registers, and for what its meters have kept. */
const REGISTERS_S = 4;
const KEPT_S = 12.5;
/** An answer takes up to half a second: so much of the homes' time a clock that was just asked for is behind. */
const ANSWER_S = 5;

export interface TrialGateway extends GatewayProcess {
  readonly folder: string;
  readonly apiUrl: string;
  readonly storeFile: string;
  /** What meters have kept has been asked for within it, in milliseconds of the machine. */
  readonly rareMs: number;
}

/** Resolves when it runs. */
export async function startTrialGateway(options: TrialOptions, control: string): Promise<TrialGateway> {
  const folder = join(options.folder, 'site');
  rmSync(folder, { recursive: true, force: true });
  execFileSync(process.execPath, [CLI, 'simulate', 'site', folder, '--control', control], { stdio: 'ignore' });
  const siteFile = join(folder, 'site.yaml');
  const apiPort = await freePort();
  const site = parse(readFileSync(siteFile, 'utf8')) as Record<string, unknown>;
  writeFileSync(siteFile, stringify({ ...site, ...overrides(options, apiPort), metering: metering(site, options) }));
  const apiUrl = `http://127.0.0.1:${apiPort}/api/v1`;
  const place = { folder, siteFile, apiUrl, mqttUrl: '' };
  const gateway = spawnGateway(place, { arguments: ['--simulated-time', control] });
  await gateway.running();
  return { ...gateway, ...place, storeFile: join(folder, 'store.sqlite'), rareMs: rareMsOf(options) };
}

function overrides(options: TrialOptions, apiPort: number) {
  return { broker: { port: 0 }, api: { port: apiPort }, poll: { rare: rareMsOf(options) } };
}

function rareMsOf({ homesPerLine }: TrialOptions): number {
  return 2_000 * KEPT_S * homesPerLine;
}

/** As often as the lines can carry, in the machine's time: registers half of the time, what is kept the other half. */
function metering(site: Record<string, unknown>, { rate, homesPerLine }: TrialOptions) {
  const own = site['metering'] as Record<string, unknown>;
  const every = 2 * REGISTERS_S * homesPerLine;
  const clockBeyondS = 60 + ANSWER_S * rate;
  return { ...own, electricityEveryS: every, othersEveryS: every, estimates: false, clockBeyondS };
}
