/** `scripts/bench`: runs the benchmarks that are named, or all, and writes docs/benchmarks.md from the last run of each. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Benchmark, Result } from './benchmark.ts';
import { alarmStation } from './figures/alarm-station.ts';
import { alarmStorm } from './figures/alarm-storm.ts';
import { billingRun } from './figures/billing-run.ts';
import { commandLatency } from './figures/command-latency.ts';
import { contactEdge } from './figures/contact-edge.ts';
import { deadDevices } from './figures/dead-devices.ts';
import { meters2400 } from './figures/meters-2400.ts';
import { modbusTcp } from './figures/modbus-tcp.ts';
import { pacedLine } from './figures/paced-line.ts';
import { start } from './figures/start.ts';
import { tenThousandPoints } from './figures/ten-thousand-points.ts';
import { tenThousandMeters } from './figures/ten-thousand-meters.ts';
import { yearOfReadings } from './figures/year-of-readings.ts';
import { probeDisk } from './measure/disk.ts';
import { describeCommit, describeMachine, loadAverage } from './measure/machine.ts';
import { median, percentile } from './measure/percentile.ts';
import { mayBeUndisturbed } from './processes/scheduling.ts';
import { figureLines } from './report/figures.ts';
import { page } from './report/page.ts';
import { readRecord, writeRecord, type Run } from './report/record.ts';

const ALL: readonly Benchmark[] = [
  modbusTcp,
  pacedLine,
  deadDevices,
  commandLatency,
  contactEdge,
  alarmStorm,
  alarmStation,
  start,
  tenThousandPoints,
  meters2400,
  tenThousandMeters,
  billingRun,
  yearOfReadings,
];
const PAGE = 'docs/benchmarks.md';
const RECORD = 'docs/benchmarks.json';

const program = new Command('bench')
  .description('Measure the gateway against its goals')
  .argument('[name...]', ALL.map(({ name }) => name).join(', '))
  .option('--quick', 'shorter and rougher, to see that all of it runs', false)
  .parse();
const names = program.args;
const { quick } = program.opts<{ readonly quick: boolean }>();
const unknown = names.filter((name) => !ALL.some((benchmark) => benchmark.name === name));
if (unknown.length > 0) program.error(`there is no benchmark ${unknown.join(', ')}: see --help`);
const chosen = names.length === 0 ? ALL : ALL.filter(({ name }) => names.includes(name));

const say = (line: string): void => console.error(`  · ${line}`);
const record = new Map(readRecord(RECORD));
let before = { load: loadAverage(), disk: await probeDisk() };
let isMet = true;
for (const benchmark of chosen) {
  console.log(`\n▶ ${benchmark.name}: ${benchmark.goal}`);
  const result = await benchmark.run({ quick, say });
  const after = { load: loadAverage(), disk: await probeDisk() };
  console.log([...figureLines(result.figures), `  ${result.verdict}`].join('\n'));
  isMet &&= result.verdict === 'met';
  record.set(benchmark.name, runOf(result, before, after));
  // At once: a run that is broken off keeps what it has.
  if (!quick) keep();
  before = after;
}
if (!quick) console.log(`\nwrote ${PAGE}`);
process.exitCode = isMet ? 0 : 1;

function keep(): void {
  writeRecord(
    RECORD,
    record,
    ALL.map(({ name }) => name),
  );
  writeFileSync(PAGE, page(ALL, record));
}

interface Surroundings {
  readonly load: number;
  readonly disk: readonly number[];
}

function runOf({ verdict, figures }: Result, before: Surroundings, after: Surroundings): Run {
  const disk = [...before.disk, ...after.disk];
  return {
    verdict,
    figures: [...figures],
    at: new Date().toISOString(),
    machine: describeMachine(),
    commit: describeCommit(),
    loads: [before.load, after.load],
    disk: { median: median(disk), p99: percentile(disk, 0.99), longest: Math.max(...disk) },
    undisturbed: mayBeUndisturbed,
  };
}
