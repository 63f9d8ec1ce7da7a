/** Whether a large site's plan is kept: every meter is asked as often as its period says. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { percentile } from '../measure/percentile.ts';
import { coresUsed, usageOf } from '../measure/process-usage.ts';
import { sharedNow, sleep } from '../measure/time.ts';
import { startGateway } from '../processes/gateway.ts';
import { readMetrics } from '../processes/metrics.ts';
import { startMeteredBuses } from '../processes/metered-buses.ts';
import { scoped } from '../processes/scope.ts';

const METERS = 10_000;
const [PACED, UNPACED] = [8, 8];
const LINES = PACED + UNPACED;
const LINE = { baud: 9_600, format: '8N1' } as const;
/** 44 bytes of 10 bits, 20 ms and the silence take 69 ms: 625 meters are 72 % of a line in a minute. */
const REPLY_DELAY_MS = 20;
const PERIOD_MS = 60_000;
const ROUNDS = 1.5;
/** Finding out the versions is more than a line carries in one round. */
const SETTLE_ROUNDS = 3;
/** A meter waits for those of its line that came due at the same time. */
const LATE_SHARE = 0.2;

interface Round {
  /** Between two reads of one meter, ms. */
  readonly intervals: readonly number[];
  /** Meters that were not asked in some period. */
  readonly missed: number;
  readonly skipped: number;
  readonly cores: number;
  readonly residentMB: number;
}

/** None of its intervals, nor what is between it and the ends, is longer than a period and what may be late. */
function isMissed(times: readonly number[], from: number, to: number): boolean {
  const marks = [from, ...times.filter((at) => at >= from && at < to), to];
  return marks.slice(1).some((at, i) => at - (marks[i] ?? at) > PERIOD_MS * (1 + LATE_SHARE));
}

function measure({ quick, say }: RunOptions): Promise<Round> {
  return scoped(async (own) => {
    const perLine = (quick ? METERS / 10 : METERS) / LINES;
    const lines = Array.from({ length: LINES }, (_, i) => {
      return { ...LINE, paced: i < PACED, meters: Math.floor(perLine) };
    });
    const { lines: wires, site } = await startMeteredBuses(own, { lines, replyDelayMs: REPLY_DELAY_MS }, PERIOD_MS);
    const gateway = own(await startGateway(site, { scheduling: 'undisturbed' }));
    // Meanwhile each meter’s version is found out.
    await sleep(SETTLE_ROUNDS * PERIOD_MS);
    const skippedBefore = (await readMetrics(site)).get('gatehouse_polls_skipped_total') ?? NaN;
    const [from, usage] = [sharedNow(), usageOf(gateway.pid)];
    say(`${perLine * LINES} meters: ${(ROUNDS * PERIOD_MS) / 1000} s`);
    await sleep(ROUNDS * PERIOD_MS);
    const [to, after] = [sharedNow(), usageOf(gateway.pid)];
    const skipped = ((await readMetrics(site)).get('gatehouse_polls_skipped_total') ?? NaN) - skippedBefore;
    const { asked, overlaps } = await wires.ask(null);
    if (overlaps > 0) throw new Error(`the gateway spoke ${overlaps} times while a reply was on the wire`);
    const meters = asked.flat();
    return {
      intervals: meters.flatMap((times) => {
        const inside = times.filter((at) => at >= from && at < to);
        return inside.slice(1).map((at, i) => at - (inside[i] ?? at));
      }),
      missed: meters.filter((times) => isMissed(times, from, to)).length,
      skipped,
      cores: coresUsed(usage, after),
      residentMB: after.residentMB,
    };
  });
}

async function run(options: RunOptions) {
  const { intervals, missed, skipped, cores, residentMB } = await measure(options);
  const period = { what: 'the period', value: PERIOD_MS / 1000 };
  const figures = [
    { what: 'polls that the gateway left out', unit: 'polls', measured: skipped },
    { what: 'meters that were not asked within a period and a fifth', unit: 'meters', measured: missed },
    {
      what: 'between two reads of a meter, median',
      unit: 's',
      measured: percentile(intervals, 0.5) / 1000,
      reference: period,
    },
    { what: 'the same, p99', unit: 's', measured: percentile(intervals, 0.99) / 1000, reference: period },
    { what: 'CPU of the gateway', unit: 'cores', measured: cores },
    { what: 'memory (RSS) of the gateway', unit: 'MB', measured: residentMB },
  ];
  return { figures, verdict: skipped === 0 && missed === 0 ? ('met' as const) : ('missed' as const) };
}

export const tenThousandMeters: Benchmark = {
  name: 'ten-thousand-meters',
  goal: '10,000 meters over 16 lines (9,600 8N1 and TCP): the planned round is kept; no poll is lost by our side.',
  method:
    '625 simulated DL/T 645 meters on each line, with 20 ms reply delay. Eight lines are paced at 9,600 8N1, where a round of all takes 43 s; on the other eight bytes take no time. The period is 60 s, and each meter’s place in it follows from its name. ' +
    'After three minutes, in which each meter’s version is found out, the meters note for a minute and a half when they are read. Met where the gateway has left out no poll of its plan, and none of the 10,000 had to wait longer than a period and a fifth.',
  run,
};
