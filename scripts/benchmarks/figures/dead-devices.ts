/** What devices that have died cost their neighbours. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { mean, median, percentile } from '../measure/percentile.ts';
import { sharedNow, sleep } from '../measure/time.ts';
import { startGateway } from '../processes/gateway.ts';
import { startMeteredLine } from '../processes/metered-line.ts';
import { scoped } from '../processes/scope.ts';

const LINE = { baud: 9_600, devices: 30, registers: 10, replyDelayMs: 8, moving: true };
const PERIOD_MS = 2_000;
const DEAD: readonly number[] = [7, 15, 23];
const AIM = 0.05;
const SETTLE_MS = 5_000;
/** Also in a quick run: its first seconds hold the timeouts by which a dead device is found out. */
const DEAD_MS = 60_000;
/** While the dead are being found out. */
const ONSET_MS = 15_000;

type Times = readonly number[];

function intervals(times: Times, from: number, to: number): number[] {
  const inside = times.filter((at) => at >= from && at < to);
  return inside.slice(1).map((at, i) => at - (inside[i] ?? at));
}

function measure({ quick, say }: RunOptions) {
  return scoped(async (own) => {
    const { line, site } = await startMeteredLine(own, { ...LINE, periodMs: PERIOD_MS });
    own(await startGateway(site, { scheduling: 'undisturbed' }));
    const aliveMs = quick ? 15_000 : 60_000;
    await sleep(SETTLE_MS);
    say(`all 30 answer: ${aliveMs / 1000} s`);
    const start = sharedNow();
    await sleep(aliveMs);
    const death = sharedNow();
    await line.ask({ dead: DEAD });
    say(`units ${DEAD.join(', ')} are dead: ${DEAD_MS / 1000} s`);
    await sleep(DEAD_MS);
    const { asked } = await line.ask({});
    const living = asked.filter((_, i) => !DEAD.includes(i + 1));
    return living.map((times) => ({
      before: intervals(times, start, death),
      after: intervals(times, death, sharedNow()),
      onset: intervals(times, death, death + ONSET_MS),
    }));
  });
}

async function run(options: RunOptions) {
  const devices = await measure(options);
  const before = devices.map((device) => mean(device.before));
  const after = devices.map((device) => mean(device.after));
  const moves = after.map((period, i) => Math.abs(period / (before[i] ?? Infinity) - 1));
  const worst = moves.indexOf(Math.max(...moves));
  const alive = 'the same while all 30 answer';
  const late = (which: 'before' | 'after'): number =>
    percentile(
      devices.flatMap((device) => device[which]),
      0.99,
    );
  const figures = [
    {
      what: 'mean period of the 27 that live, median of them',
      unit: 'ms',
      measured: median(after),
      reference: { what: alive, value: median(before) },
    },
    {
      what: 'mean period of the one that it moves most',
      unit: 'ms',
      measured: after[worst] ?? 0,
      reference: { what: alive, value: before[worst] ?? 0 },
    },
    {
      what: 'mean period of the 27 in the first 15 s, median of them (not judged)',
      unit: 'ms',
      measured: median(devices.map(({ onset }) => mean(onset))),
      reference: { what: alive, value: median(before) },
    },
    {
      what: 'single period, p99',
      unit: 'ms',
      measured: late('after'),
      reference: { what: alive, value: late('before') },
    },
  ];
  return { figures, verdict: Math.max(...moves) < AIM ? ('met' as const) : ('missed' as const) };
}

export const deadDevices: Benchmark = {
  name: 'dead-devices',
  goal: '3 of 30 devices dead: the others’ period moves by less than 5 %.',
  method:
    'Thirty simulated meters on a line paced at 9,600 8N1, polled every 2 s, which takes 69 % of the line; every value is new every time. After a minute units 7, 15 and 23 fall silent for a minute. ' +
    'The devices note when they are asked; a period is the time between two requests to one device. The minute begins with the death: the timeouts by which the gateway finds out (500 ms each) and all later probes are in it. The goal names no window: over the minute it is met or missed, while the first seconds alone, shown apart, move far more than 5 %.',
  run,
};
