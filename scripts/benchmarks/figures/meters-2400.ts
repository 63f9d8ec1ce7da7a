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
/** A period that the line can keep; the gateway's are cut after the configuration has been checked. */
const CHECKED_PERIOD_MS = 60_000;
/** Each meter's version has been found out. */
const SETTLE_MS = 25_000;

const CASES = [
  { what: 'silence before a request as it is where the site says nothing, 3.5 characters', line: LINE },
  { what: 'silence of 5 ms, as a line without Modbus devices allows (`gapMs: 5`)', line: { ...LINE, gapMs: 5 } },
] as const;

function pollsPerSecond(line: (typeof CASES)[number]['line'], forMs: number): Promise<number> {
  return scoped(async (own) => {
    const settings = { lines: [{ ...line, meters: METERS }], replyDelayMs: REPLY_DELAY_MS };
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
  const rates = CASES.map(() => [] as number[]);
  for (let round = 1; round <= rounds; round++) {
    for (const [i, { what, line }] of CASES.entries()) {
      const rate = await pollsPerSecond(line, quick ? 15_000 : 30_000);
      rates[i]?.push(rate);
      say(`round ${round} of ${rounds}, ${what}: ${rate.toFixed(3)} polls/s`);
    }
  }
  const reference = { what: 'wire time and reply delay', value: 1000 / dlt645ReadMs(LINE.baud, REPLY_DELAY_MS) };
  const measured = rates.map(median);
  const figures = CASES.map(({ what }, i) => ({ what, unit: 'polls/s', measured: measured[i] ?? NaN, reference }));
  const usual = measured[0] ?? NaN;
  return { figures, verdict: usual >= AIM * reference.value ? ('met' as const) : ('missed' as const) };
}

export const meters2400: Benchmark = {
  name: 'meters-2400',
  goal: 'A 2,400 8E1 line with 32 DL/T 645 meters (100 ms reply delay): at least 95 % of the physical limit’s polls per second.',
  method:
    'Thirty-two simulated meters answer a read of their total after 100 ms, behind a TCP port that lets no byte through sooner than 2,400 baud would. The gateway’s periods are so short that every meter is always due; the meters count the reads, and a request that begins before the reply’s end fails the run. ' +
    'The limit is computed from the standard alone: 20 and 24 bytes of 11 bits, four wake-up bytes in each, and 100 ms; silence between a reply and the next request is not in it, because the standard asks for none. The goal is held against the first figure; Modbus devices on the same line need the longer silence to tell frames apart. Median of three rounds of 30 s.',
  run,
};
