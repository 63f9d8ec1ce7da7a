/** What a run was made on, for whoever compares. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';

const BYTES_PER_GB = 1024 ** 3;

export function describeMachine(): string {
  const [cpu] = cpus();
  const processor = `${cpus().length} × ${cpu?.model ?? 'unknown processor'}`;
  const memory = `${Math.round(totalmem() / BYTES_PER_GB)} GB`;
  return `${processor}, ${memory}; Linux ${release()}, Node ${process.version}, SQLite in WAL with \`synchronous=FULL\``;
}

/** Of the last minute: programs that ran or waited to. */
export function loadAverage(): number {
  return loadavg()[0] ?? NaN;
}

/** What was measured; says so where it was not what the commit has. */
export function describeCommit(): string {
  const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim();
  // What this program itself writes changes nothing of what is measured.
  const changed = git('status', '--porcelain', '--untracked-files=no', '--', ':!docs') !== '';
  return `${git('log', '-1', '--format=%h')}${changed ? ' with changes' : ''}`;
}
