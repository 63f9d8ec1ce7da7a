/** What a run was made on, for whoever compares. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';

const BYTES_PER_GB = 1024 ** 3;

export function describeMachine(): string[] {
  const [cpu] = cpus();
  return [
    `${cpus().length} × ${cpu?.model ?? 'unknown processor'}, ${Math.round(totalmem() / BYTES_PER_GB)} GB`,
    `Linux ${release()}, Node ${process.version}, SQLite in WAL with \`synchronous=FULL\``,
    `commit ${commit()}`,
  ];
}

/** Of the last minute: programs that ran or waited to. */
export function loadAverage(): number {
  return loadavg()[0] ?? NaN;
}

function commit(): string {
  return execFileSync('git', ['log', '-1', '--format=%h, %cs'], { encoding: 'utf8' }).trim();
}
