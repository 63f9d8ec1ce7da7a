/** How long a command waits for a line that is never free. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { probeDisk } from '../measure/disk.ts';
import { median, percentile } from '../measure/percentile.ts';
import { sleep } from '../measure/time.ts';
import { byteMs, rtuSlotMs } from '../measure/wire-limit.ts';
import { startMeteredLine } from '../processes/metered-line.ts';
import { startPeer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import type { Medium } from '../processes/scratch.ts';
import type { CommanderProgram } from '../programs/commander.ts';
import type { OverdueGatewayProgram } from '../programs/overdue-gateway.ts';

const LINE = { baud: 9_600, devices: 20, registers: 10, replyDelayMs: 8, moving: true };
/** FC 06: unit, function, address, value, CRC. */
const WRITE_BYTES = 8;
const AIM_MS = rtuSlotMs(LINE) + 10;
const SETTLE_MS = 3_000;
const PAUSE_MS = 150;

/** From the request to the API to the first byte on the wire, of each command, in milliseconds. */
function latencies(store: Medium, count: number): Promise<number[]> {
  return scoped(async (own) => {
    const { line, site } = await startMeteredLine(own, { ...LINE, store });
    own(await startPeer<OverdueGatewayProgram>('overdue-gateway', site, 'undisturbed'));
    const { apiUrl } = site;
    const commander = own(await startPeer<CommanderProgram>('commander', { apiUrl }, 'undisturbed'));
    await sleep(SETTLE_MS);
    const given: number[] = [];
    for (let i = 0; i < count; i++) {
      given.push(await commander.ask({ device: `m${(i % LINE.devices) + 1}`, value: i, withinMs: PAUSE_MS }));
      await sleep(PAUSE_MS);
    }
    const { written } = await line.ask({});
    const onWire = written.flat().toSorted((a, b) => a - b);
    if (onWire.length !== count) throw new Error(`${count} commands were given, ${onWire.length} were on the wire`);
    return onWire.map((heard, i) => heard - WRITE_BYTES * byteMs(LINE.baud) - (given[i] ?? NaN));
  });
}

async function run({ quick, say }: RunOptions) {
  const count = quick ? 40 : 300;
  say(`${count} commands, store on the disk`);
  const disk = await probeDisk();
  const onDisk = await latencies('disk', count);
  disk.push(...(await probeDisk()));
  say(`${count} commands, store in memory`);
  const inMemory = await latencies('memory', count);
  const reference = { what: 'one exchange + 10 ms', value: AIM_MS };
  const half = { what: 'half an exchange', value: rtuSlotMs(LINE) / 2 };
  const p99 = percentile(onDisk, 0.99);
  const figures = [
    { what: 'command to first byte, p99, store on the disk', unit: 'ms', measured: p99, reference },
    { what: 'the same, median', unit: 'ms', measured: median(onDisk), reference: half },
    { what: 'the same, longest', unit: 'ms', measured: Math.max(...onDisk), reference },
    {
      what: 'the disk alone, before and after: 4 KB with fdatasync, p99',
      unit: 'ms',
      measured: percentile(disk, 0.99),
    },
    { what: 'p99, store in memory', unit: 'ms', measured: percentile(inMemory, 0.99), reference },
    { what: 'the same, median', unit: 'ms', measured: median(inMemory), reference: half },
  ];
  return { figures, verdict: p99 <= AIM_MS ? ('met' as const) : ('missed' as const) };
}

export const commandLatency: Benchmark = {
  name: 'command-latency',
  goal: 'A command while the line is saturated: on the wire at the next free slot, p99 ≤ one exchange + 10 ms.',
  method:
    'The line of `paced-line`, every meter always due and every value new. 300 commands at random moments through the HTTP API; each writes one register with FC 06. ' +
    'The time runs from the HTTP request to the write’s first byte, which is when the device had heard all of it less its eight bytes. ' +
    'It contains two commits, because a command is on the disk before it is accepted and again before it is sent; with the store in memory they cost nothing. ' +
    'It may also find a commit of readings under way: a disk that takes its time for one write in a hundred shows in two or three commands of a hundred, and no program can be faster.',
  run,
};
