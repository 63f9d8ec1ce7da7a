/** What a year of readings weighs, and how soon the current period's are there. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { median, percentile } from '../measure/percentile.ts';
import { sharedNow } from '../measure/time.ts';
import { getFrom } from '../processes/api.ts';
import { startGateway } from '../processes/gateway.ts';
import { meteredHomes, meterNumber } from '../processes/metered-homes.ts';
import { startPeer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import { createSite, type BenchSite } from '../processes/site.ts';
import type { MeteredStoreProgram } from '../programs/metered-store.ts';
import type { StoreRetentionProgram } from '../programs/store-retention.ts';
import type { TcpMetersProgram } from '../programs/tcp-meters.ts';

const METERS = 1_000;
const [MINUTE, DAY] = [60_000, 86_400_000];
const EVERY_MS = 15 * MINUTE;
const YEAR_DAYS = 365;
/** No period is longer. */
const PERIOD_DAYS = 31;
const AIM_MS = 200;
/** More than a year: all of it stays until it is asked to go. */
const KEEP_ALL_DAYS = 400;
const USUAL_DAYS = 100;
const MOST_READINGS = 10_000;

/** Milliseconds of the query for the current period, meter by meter; each is the first one of its meter. */
async function queriesOf(site: BenchSite, count: number): Promise<number[]> {
  const waits: number[] = [];
  const [from, to] = [Date.now() - PERIOD_DAYS * DAY, Date.now()].map((at) => new Date(at).toISOString());
  for (let i = 0; i < count; i++) {
    const meter = meterNumber(0, Math.floor((i * METERS) / count));
    const begun = sharedNow();
    await getFrom(site, `/meters/${meter}/readings?from=${from}&to=${to}&limit=${MOST_READINGS}`);
    waits.push(sharedNow() - begun);
  }
  return waits;
}

function measure({ quick, say }: RunOptions) {
  return scoped(async (own) => {
    const polled = own(await startPeer<TcpMetersProgram>('tcp-meters', { devices: 1, registers: 1 }));
    const site = await createSite({
      buses: polled.ready.map((address) => ({ id: 'b', type: 'modbus-tcp', ...address })),
      devices: [],
      tables: meteredHomes({ homes: METERS, utilities: ['electricity'] }),
      metering: { readingsDays: KEEP_ALL_DAYS },
      storeMegabytes: 16_384,
    });
    const filling = own(
      await startPeer<MeteredStoreProgram>('metered-store', { siteFile: site.siteFile }, 'undisturbed'),
    );
    const to = Date.now();
    const days = quick ? YEAR_DAYS / 10 : YEAR_DAYS;
    const year = { from: to - days * DAY, to, everyMs: EVERY_MS };
    const filled = await filling.ask({ stretches: [year], earlierBills: 0 });
    await filling.stop();
    say(`${filled.readings.toLocaleString('en')} readings, stored in ${filled.seconds.toFixed(0)} s`);
    const gateway = own(await startGateway(site, { scheduling: 'undisturbed' }));
    const waits = await queriesOf(site, quick ? 50 : 500);
    await gateway.stop();
    const keeping = own(await startPeer<StoreRetentionProgram>('store-retention', { siteFile: site.siteFile }));
    const before = await keeping.ask({ meterReadingsDays: KEEP_ALL_DAYS });
    const after = await keeping.ask({ meterReadingsDays: USUAL_DAYS });
    say(`${after.gone.toLocaleString('en')} readings thinned out in ${after.seconds.toFixed(0)} s`);
    return { filled, waits, before, after };
  });
}

async function run(options: RunOptions) {
  const { filled, waits, before, after } = await measure(options);
  const goal = { what: 'goal', value: AIM_MS };
  const worst = percentile(waits, 0.99);
  const figures = [
    { what: 'readings of 31 days of a meter, through the API, p99', unit: 'ms', measured: worst, reference: goal },
    { what: 'the same, median', unit: 'ms', measured: median(waits), reference: goal },
    { what: 'the same, longest', unit: 'ms', measured: Math.max(...waits), reference: goal },
    { what: 'readings in the store', unit: 'readings', measured: filled.readings },
    { what: 'the store, every reading kept', unit: 'MB', measured: before.usedMB },
    { what: 'of it, per reading', unit: 'bytes', measured: (before.usedMB * 1e6) / filled.readings },
    { what: `the store, thinned to a reading a day after ${USUAL_DAYS} days`, unit: 'MB', measured: after.usedMB },
    { what: 'readings stored in bulk', unit: 'readings/s', measured: filled.readings / filled.seconds },
    { what: 'readings thinned out', unit: 'readings/s', measured: after.gone / after.seconds },
  ];
  return { figures, verdict: worst <= AIM_MS ? ('met' as const) : ('missed' as const) };
}

export const yearOfReadings: Benchmark = {
  name: 'year-of-readings',
  goal: 'A year of 15-minute readings for 1,000 meters: the current-period query ≤ 200 ms; the size of the file is reported, with retention and roll-ups.',
  method:
    '35 million readings in the order of time, by the store’s own statement, tables and indexes, in large transactions. The query is `GET /meters/{meter}/readings` for the last 31 days, 2,976 readings: 500 meters, each asked for the first time. ' +
    'The store is its pages in use, without those that are free. With `metering.readingsDays` at its usual 100, the gateway’s own retention then thins what is older to the first reading of each day; its free pages are used again.',
  run,
};
