/** How much of a serial line the gateway uses when everything on it is always due. */
import { join } from 'node:path';
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { median } from '../measure/percentile.ts';
import { sleep } from '../measure/time.ts';
import { rtuSlotMs } from '../measure/wire-limit.ts';
import { startMeteredLine, type MeteredLineOptions } from '../processes/metered-line.ts';
import { startPeer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import { scratchFolder } from '../processes/scratch.ts';
import type { OverdueGatewayProgram } from '../programs/overdue-gateway.ts';

const LINE = { baud: 9_600, devices: 20, registers: 10, replyDelayMs: 8 };
const AIM = 0.95;
/** Every meter has been set up and asked once. */
const SETTLE_MS = 3_000;

interface Case {
  readonly what: string;
  /** Whether the goal is about it. */
  readonly judged: boolean;
  readonly options: () => MeteredLineOptions;
}

const CASES: readonly Case[] = [
  { what: 'values at rest', judged: true, options: () => ({ ...LINE, moving: false }) },
  { what: 'every value new every time, store on the disk', judged: true, options: () => ({ ...LINE, moving: true }) },
  {
    what: 'every value new every time, store in memory',
    judged: false,
    options: () => ({ ...LINE, moving: true, store: 'memory' }),
  },
  {
    what: 'values at rest, through a pseudo-terminal and socat',
    judged: false,
    options: () => ({ ...LINE, moving: false, pty: join(scratchFolder('pty'), 'line') }),
  },
];

/** Exchanges per second on the wire, as the simulated devices count them. */
function exchangesPerSecond(options: MeteredLineOptions, forMs: number): Promise<number> {
  return scoped(async (own) => {
    const { line, site } = await startMeteredLine(own, options);
    own(await startPeer<OverdueGatewayProgram>('overdue-gateway', site, 'undisturbed'));
    await sleep(SETTLE_MS);
    const before = (await line.ask({})).asked.flat().length;
    await sleep(forMs);
    const { asked, overlaps } = await line.ask({});
    if (overlaps > 0) throw new Error(`the gateway spoke ${overlaps} times while a reply was on the wire`);
    const inOrder = asked.flat().toSorted((a, b) => a - b);
    const times = inOrder.slice(before);
    return ((times.length - 1) * 1000) / ((times.at(-1) ?? 0) - (times[0] ?? 0));
  });
}

async function run({ quick, say }: RunOptions) {
  const rounds = quick ? 1 : 3;
  const rates = CASES.map(() => [] as number[]);
  for (let round = 1; round <= rounds; round++) {
    for (const [i, { what, options }] of CASES.entries()) {
      const rate = await exchangesPerSecond(options(), quick ? 5_000 : 15_000);
      rates[i]?.push(rate);
      say(`round ${round} of ${rounds}, ${what}: ${rate.toFixed(2)} exchanges/s`);
    }
  }
  const reference = { what: 'wire time, gaps and reply delay', value: 1000 / rtuSlotMs(LINE) };
  const measured = rates.map(median);
  const figures = CASES.map(({ what }, i) => ({ what, unit: 'exchanges/s', measured: measured[i] ?? NaN, reference }));
  const met = CASES.every(({ judged }, i) => !judged || (measured[i] ?? NaN) >= AIM * reference.value);
  return { figures, verdict: met ? ('met' as const) : ('missed' as const) };
}

export const pacedLine: Benchmark = {
  name: 'paced-line',
  goal: 'A line paced at 9,600 8N1 with 20 devices: at least 95 % of the exchanges per second that wire time, gaps and the devices’ reply delay allow.',
  method:
    'Twenty simulated meters answer FC 03 for 10 registers after 8 ms, behind a TCP port that lets no byte through sooner than 9,600 baud would. ' +
    'The gateway’s periods are so short that every meter is always due; the devices count the requests, and a request that begins before the reply’s end fails the run. ' +
    'The limit is computed from the standard alone: 8 + 25 bytes of 10 bits, 3.5 characters of silence, 8 ms. ' +
    '“Every value new” commits ten values per exchange; with the store in memory the disk has no part in it. ' +
    'The goal is held against the first two. The last shows the serial port’s code on a pseudo-terminal, whose bytes the kernel hands on from a thread of ordinary priority. Median of three rounds of 15 s.',
  run,
};
