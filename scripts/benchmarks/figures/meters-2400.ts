/** How much of a slow line of meters the gateway uses when every meter is always due. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { median } from '../measure/percentile.ts';
import { sleep } from '../measure/time.ts';
import { dlt645ReadMs } from '../measure/wire-limit.ts';
import { startMeteredBuses } from '../processes/metered-buses.ts';
import { startPeer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import type { OverdueGatewayProgram } from '../programs/overdue-gateway.ts';

const LINE = { baud: 2_400, format: '8E1' } as const;
const METERS = 32;
const REPLY_DELAY_MS = 100;
const AIM = 0.95;
const SILENCE_MS = (33 * 1000) / LINE.baud;
/** A period that the line can keep; the gateway's are cut after the configuration has been checked. */
const CHECKED_PERIOD_MS = 60_000;
/** Each meter's version has been found out. */
const SETTLE_MS = 25_000;

function pollsPerSecond(forMs: number): Promise<number> {
  return scoped(async (own) => {
    const settings = { lines: [{ ...LINE, meters: METERS }], replyDelayMs: REPLY_DELAY_MS };
    const { lines, site } = await startMeteredBuses(own, settings, CHECKED_PERIOD_MS);
    own(await startPeer<OverdueGatewayProgram>('overdue-gateway', site, 'undisturbed'));
    await sleep(SETTLE_MS);
    const before = (await lines.ask(null)).asked.flat(2).length;
    await sleep(forMs);
    const { asked, overlaps } = await lines.ask(null);
    if (overlaps > 0) throw new Error(`the gateway spoke ${overlaps} times while a reply was on the wire`);
    const times = asked
      .flat(2)
      .toSorted((a, b) => a - b)
      .slice(before);
    return ((times.length - 1) * 1000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
  });
}

async function run({ quick, say }: RunOptions) {
  const rounds = quick ? 1 : 3;
  const rates: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const rate = await pollsPerSecond(quick ? 15_000 : 30_000);
    rates.push(rate);
    say(`round ${round} of ${rounds}: ${rate.toFixed(3)} polls/s`);
  }
  const measured = median(rates);
  const limits = [
    { what: 'wire time and reply delay', value: 1000 / dlt645ReadMs(LINE.baud, REPLY_DELAY_MS) },
    { what: 'the same, and 33 bits of silence', value: 1000 / dlt645ReadMs(LINE.baud, REPLY_DELAY_MS + SILENCE_MS) },
  ];
  const figures = limits.map((reference) => ({ what: 'reads of the total', unit: 'polls/s', measured, reference }));
  const [bare] = limits;
  return { figures, verdict: measured >= AIM * (bare?.value ?? NaN) ? ('met' as const) : ('missed' as const) };
}

export const meters2400: Benchmark = {
  name: 'meters-2400',
  goal: 'A 2,400 8E1 line with 32 DL/T 645 meters (100 ms reply delay): at least 95 % of the physical limit’s polls per second.',
  method:
    'Thirty-two simulated meters answer a read of their total after 100 ms, behind a TCP port that lets no byte through sooner than 2,400 baud would. The gateway’s periods are so short that every meter is always due; the meters count the reads, and a request that begins before the reply’s end fails the run. ' +
    'The limit is computed from the standard alone: 20 and 24 bytes of 11 bits, four wake-up bytes in each, and 100 ms; the goal is held against it. The second limit has the silence in it that the gateway leaves before each request. Median of three rounds of 30 s.',
  run,
};
