/** What it takes to bill a month of a large community, beside a gateway that goes on. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { UTILITIES } from '../../../gateway/metering/rules/utilities.ts';
import { lastPeriodOver, midnightOnTheFirst, previousPeriod } from '../../../gateway/metering/rules/period.ts';
import { percentile } from '../measure/percentile.ts';
import { forgetPeak, usageOf } from '../measure/process-usage.ts';
import { sharedNow, sleep } from '../measure/time.ts';
import { postTo } from '../processes/api.ts';
import { startGateway } from '../processes/gateway.ts';
import { meteredHomes } from '../processes/metered-homes.ts';
import { METER_PROFILE, meterProfile } from '../processes/meter-profile.ts';
import { startPeer } from '../processes/peer.ts';
import { scoped, type Own } from '../processes/scope.ts';
import { scratchFolder } from '../processes/scratch.ts';
import { createSite, type BenchSite } from '../processes/site.ts';
import type { ApiReaderProgram } from '../programs/api-reader.ts';
import type { MeteredStoreProgram } from '../programs/metered-store.ts';
import type { TcpMetersProgram } from '../programs/tcp-meters.ts';
import type { Stretch } from '../programs/plausible-readings.ts';

const BILLED = ['electricity', 'coldWater', 'gas'] as const;
const HOMES = 10_000;
const AIM = { seconds: 5, megabytes: 300, apiMs: 100 };
const [HOUR, DAY] = [3_600_000, 86_400_000];
const ZONE = 'Asia/Shanghai';
const BY = { by: 'bench' };
const SETTLE_MS = 3_000;
const ASK_EVERY_MS = 10;
const [POLLED, REGISTERS] = [10, 100];

interface Phase {
  readonly seconds: number;
  readonly peakMB: number;
  readonly apiMs: number;
}

interface Billed {
  readonly restMB: number;
  readonly draft: Phase;
  readonly export: Phase;
}

/** The month that is billed, and the two cuts before its end: by the hour near a cut, by the day between the last two. */
function month() {
  const cut = midnightOnTheFirst(ZONE);
  const period = lastPeriodOver(Date.now(), cut);
  const before = previousPeriod(period, cut);
  const near = (at: number): Stretch => ({ from: at - 2 * HOUR, to: at + 2 * HOUR, everyMs: HOUR });
  const daily: Stretch = { from: period.from + 2 * HOUR, to: period.to - 2 * HOUR, everyMs: DAY };
  return { period, stretches: [near(before.from), near(period.from), daily, near(period.to)] };
}

/** Besides its homes it has some devices that are polled all the while. */
async function communityOf(homes: number, own: Own): Promise<BenchSite> {
  const polled = own(await startPeer<TcpMetersProgram>('tcp-meters', { devices: POLLED, registers: REGISTERS }));
  return createSite({
    buses: polled.ready.map((address, i) => ({ id: `b${i}`, type: 'modbus-tcp', ...address })),
    devices: polled.ready.map((_, i) => ({ id: `m${i}`, bus: `b${i}`, unit: 1, profile: METER_PROFILE })),
    poll: { fast: 1_000 },
    profiles: [meterProfile({ words: REGISTERS })],
    tables: meteredHomes({ homes, utilities: BILLED }),
    storeMegabytes: 4_096,
  });
}

function measure({ quick, say }: RunOptions, compileCache: string): Promise<Billed> {
  return scoped(async (own) => {
    const { period, stretches } = month();
    const site = await communityOf(quick ? HOMES / 10 : HOMES, own);
    const store = own(
      await startPeer<MeteredStoreProgram>('metered-store', { siteFile: site.siteFile }, 'undisturbed'),
    );
    const { readings, seconds } = await store.ask({ stretches, earlierBills: 12 });
    await store.stop();
    say(`${readings} readings and a year of bills, stored in ${seconds.toFixed(0)} s`);
    const gateway = own(await startGateway(site, { scheduling: 'undisturbed', compileCache }));
    const urls = ['/health', '/meters/100000000000/readings', '/billing/runs'].map((path) => `${site.apiUrl}${path}`);
    const reader = own(await startPeer<ApiReaderProgram>('api-reader', { urls, everyMs: ASK_EVERY_MS }, 'undisturbed'));
    await sleep(SETTLE_MS);
    const restMB = usageOf(gateway.pid).residentMB;
    const phase = async (work: (run: string) => Promise<number>): Promise<Phase> => {
      await reader.ask(null);
      forgetPeak(gateway.pid);
      let total = 0;
      for (const utility of BILLED) total += await work(`${utility}-${period.name}`);
      const { peakMB } = usageOf(gateway.pid);
      return { seconds: total / 1000, peakMB, apiMs: percentile(await reader.ask(null), 0.99) };
    };
    const draft = await phase((run) => timed(() => draftOf(site, run)));
    say(`drafts: ${JSON.stringify(draft)}`);
    const exported = await phase((run) => exportOf(site, run));
    say(`exports: ${JSON.stringify(exported)}`);
    return { restMB, draft, export: exported };
  });
}

function draftOf(site: BenchSite, run: string): Promise<unknown> {
  const utility = BILLED.find((name) => run.startsWith(name));
  return postTo(site, '/billing/runs', { utility, period: run.slice(run.indexOf('-') + 1), ...BY });
}

/** Milliseconds of the export alone. */
async function exportOf(site: BenchSite, run: string): Promise<number> {
  await postTo(site, `/billing/runs/${run}/check`, BY);
  await postTo(site, `/billing/runs/${run}/close`, { ...BY, draft: 1 });
  // Closing has begun it; asking for it waits until it is done.
  return timed(() => postTo(site, `/billing/runs/${run}/export`, BY));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const from = sharedNow();
  await work();
  return sharedNow() - from;
}

async function run(options: RunOptions) {
  const compileCache = scratchFolder('compile-cache');
  // What the first run compiles is there for the other, as on site.
  await measure({ ...options, quick: true, say: () => undefined }, compileCache);
  const billed = await measure(options, compileCache);
  const seconds = { what: 'goal', value: AIM.seconds };
  const memory = { what: 'goal', value: AIM.megabytes };
  const api = { what: 'goal', value: AIM.apiMs };
  const lines = `${(HOMES * BILLED.length).toLocaleString('en')} lines`;
  const judged = [
    { what: `draft, ${lines}`, unit: 's', measured: billed.draft.seconds, reference: seconds },
    { what: `export, ${lines}, four files a run`, unit: 's', measured: billed.export.seconds, reference: seconds },
    { what: 'memory (RSS) at most, drafting', unit: 'MB', measured: billed.draft.peakMB, reference: memory },
    { what: 'memory (RSS) at most, exporting', unit: 'MB', measured: billed.export.peakMB, reference: memory },
    { what: 'API answer meanwhile, p99, drafting', unit: 'ms', measured: billed.draft.apiMs, reference: api },
    { what: 'API answer meanwhile, p99, exporting', unit: 'ms', measured: billed.export.apiMs, reference: api },
  ];
  const rest = { what: 'memory (RSS) before', unit: 'MB', measured: billed.restMB };
  const met = judged.every(({ measured, reference }) => measured <= reference.value);
  return { figures: [...judged, rest], verdict: met ? ('met' as const) : ('missed' as const) };
}

export const billingRun: Benchmark = {
  name: 'billing-run',
  goal: 'A billing run over 10,000 meters × 3 utilities: drafts in ≤ 5 s and exports in ≤ 5 s, under 300 MB, with the API still answering (p99 ≤ 100 ms).',
  method:
    `10,000 homes with three meters each (${BILLED.map((name) => UTILITIES[name].name.en).join(', ')}), a year of earlier bills, readings around three cuts and once a day in the month that is billed; some meters stand still, some have fallen silent. ` +
    'Each utility is a run of its own; all three are drafted one after the other, then checked, closed and exported, through the HTTP API. A draft counts from the request to the answer, when its lines are on the disk; an export from the end of closing, which starts it, until CSV, XLSX, NDJSON and manifest are on the disk. ' +
    'Seconds are the sums of the three. Meanwhile another process asks the API for health, readings of a meter and the list of runs, every 10 ms. Memory is the gateway process’s with all its threads, the most that the kernel has seen (VmHWM).',
  run,
};
