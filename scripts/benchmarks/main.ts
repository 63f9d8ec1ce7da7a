/** `scripts/bench`: runs the benchmarks that are named, or all, and writes docs/benchmarks.md after a full run of all. */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Benchmark } from './benchmark.ts';
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
import { loadAverage } from './measure/machine.ts';
import { figureLines } from './report/figures.ts';
import { page, type Measured } from './report/page.ts';

const ALL: readonly Benchmark[] = [
  modbusTcp,
  pacedLine,
  deadDevices,
  commandLatency,
  contactEdge,
  alarmStorm,
  start,
  tenThousandPoints,
  meters2400,
  tenThousandMeters,
  billingRun,
  yearOfReadings,
];
const PAGE = 'docs/benchmarks.md';

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
const measured: Measured[] = [];
const loads = [loadAverage()];
const disk = [...(await probeDisk())];
for (const benchmark of chosen) {
  console.log(`\n▶ ${benchmark.name}: ${benchmark.goal}`);
  const result = await benchmark.run({ quick, say });
  measured.push({ benchmark, result });
  loads.push(loadAverage());
  console.log([...figureLines(result.figures), `  ${result.verdict}`].join('\n'));
}
disk.push(...(await probeDisk()));

if (!quick && chosen.length === ALL.length) {
  writeFileSync(PAGE, page(measured, { at: new Date(), loads, disk }));
  console.log(`\nwrote ${PAGE}`);
}
process.exitCode = measured.every(({ result }) => result.verdict === 'met') ? 0 : 1;
