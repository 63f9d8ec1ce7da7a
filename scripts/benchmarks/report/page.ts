/** docs/benchmarks.md, from what has been measured. Pure. */
import type { Benchmark } from '../benchmark.ts';
import { digits, figureTable } from './figures.ts';
import type { Run, Runs } from './record.ts';

export function page(benchmarks: readonly Benchmark[], record: Runs): string {
  return [
    '# Benchmarks',
    'Written by `scripts/bench`; change the program, not this page. Compare ratios, not figures: each ratio is of two figures of one run on one machine.',
    summary(benchmarks, record),
    ...benchmarks.map((benchmark) => section(benchmark, record.get(benchmark.name))),
    '',
  ].join('\n\n');
}

function summary(benchmarks: readonly Benchmark[], record: Runs): string {
  const rows = benchmarks.map(({ name, goal }) => {
    const run = record.get(name);
    return `| [${name}](#${name}) | ${goal} | ${run ? `${run.verdict} | ${run.at.slice(0, 10)}` : 'not measured yet | –'} |`;
  });
  return ['| benchmark | goal | | on |', '|---|---|---|---|', ...rows].join('\n');
}

function section({ name, goal, method }: Benchmark, run: Run | undefined): string {
  if (!run) return [`## ${name}`, `${goal} **Not measured yet.**`, method].join('\n\n');
  const judged = `${goal} **${run.verdict === 'met' ? 'Met' : 'Missed'}.**`;
  return [`## ${name}`, judged, figureTable(run.figures), method, circumstances(run)].join('\n\n');
}

function circumstances({ at, machine, commit, loads, disk, undisturbed }: Run): string {
  const priority = undisturbed
    ? 'processes whose figures are times had real-time priority (`chrt --rr 10`), both sides of each wire alike'
    : 'nothing had real-time priority: what else the machine did is in the figures';
  const durable = `median ${digits(disk.median)} ms, p99 ${digits(disk.p99)} ms, longest ${digits(disk.longest)} ms`;
  return [
    `*${at.slice(0, 16).replace('T', ' ')} UTC, commit ${commit}. ${machine}.`,
    `Load average before and after: ${loads.map((load) => load.toFixed(1)).join(', ')}; ${priority}.`,
    `Disk, 4 KB with \`fdatasync\`: ${durable}.*`,
  ].join(' ');
}
