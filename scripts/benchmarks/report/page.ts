/** docs/benchmarks.md, from what a run has measured. */
import type { Benchmark, Result } from '../benchmark.ts';
import { describeMachine } from '../measure/machine.ts';
import { median, percentile } from '../measure/percentile.ts';
import { mayBeUndisturbed } from '../processes/scheduling.ts';
import { digits, figureTable } from './figures.ts';

export interface Measured {
  readonly benchmark: Benchmark;
  readonly result: Result;
}

export interface Circumstances {
  readonly at: Date;
  /** Load averages between the benchmarks. */
  readonly loads: readonly number[];
  /** Milliseconds of single durable writes, before and after. */
  readonly disk: readonly number[];
}

export function page(measured: readonly Measured[], circumstances: Circumstances): string {
  return [
    '# Benchmarks',
    'Written by `scripts/bench`; change the program, not this page. Compare ratios, not figures: each ratio is of two figures of one run on one machine.',
    circumstanceList(circumstances),
    summary(measured),
    ...measured.map(section),
    '',
  ].join('\n\n');
}

function circumstanceList({ at, loads, disk }: Circumstances): string {
  const disturbed = mayBeUndisturbed
    ? 'Processes whose figures are times had real-time priority (`chrt --rr 10`), both sides of each wire alike.'
    : 'Nothing had real-time priority: what else the machine did is in the figures.';
  const durable = `median ${digits(median(disk))} ms, p99 ${digits(percentile(disk, 0.99))} ms, longest ${digits(Math.max(...disk))} ms`;
  return [
    ...describeMachine(),
    at.toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
    `load average between the benchmarks: ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}. ${disturbed}`,
    `disk, 4 KB with \`fdatasync\` before and after the run: ${durable}`,
  ]
    .map((line) => `- ${line}`)
    .join('\n');
}

function summary(measured: readonly Measured[]): string {
  const rows = measured.map(
    ({ benchmark: { name, goal }, result: { verdict } }) => `| [${name}](#${name}) | ${goal} | ${verdict} |`,
  );
  return ['| benchmark | goal | |', '|---|---|---|', ...rows].join('\n');
}

function section({ benchmark: { name, goal, method }, result: { figures, verdict } }: Measured): string {
  return [`## ${name}`, `${goal} **${verdict === 'met' ? 'Met' : 'Missed'}.**`, figureTable(figures), method].join(
    '\n\n',
  );
}
