/** `gatehouse alarms --follow --json` as a process, and what it says. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startCli, type RunningCli } from '../../cli/testing/run-cli.ts';
import { until } from '../../testing/programs.ts';
import type { MirrorSaid } from './states.ts';

export interface MirrorLine extends MirrorSaid {
  readonly kind: 'mirror';
}

export type FollowerLine =
  | MirrorLine
  | { readonly kind: 'trust'; readonly distrust: string | null; readonly seq: number }
  | { readonly kind: 'happened'; readonly event: { readonly epoch: number; readonly seq: number } }
  | { readonly kind: 'stands' | 'connection' };

export class Follower {
  readonly #cli: RunningCli;

  /** It ends with the test at the latest. */
  constructor(mqttUrl: string) {
    const noSite = join(tmpdir(), 'no-site.yaml');
    this.#cli = startCli(['alarms', '--follow', '--json', '--mqtt', mqttUrl, '--id', 'test', '--site', noSite]);
    onTestFinished(async () => {
      this.#cli.child.kill('SIGKILL');
      await this.#cli.ended;
    });
  }

  /** What it has said, oldest first; `from` is where a line begins. */
  lines(from = 0): FollowerLine[] {
    const lines = this.#cli.stdout().slice(from).split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as FollowerLine);
  }

  /** All that it holds, now. */
  async mirror(): Promise<MirrorLine> {
    const before = this.#cli.stdout().lastIndexOf('\n') + 1;
    this.#cli.child.kill('SIGUSR1');
    return until(
      () => this.lines(before).find((line) => line.kind === 'mirror'),
      `the mirror; it said ${this.#cli.stderr()}`,
    );
  }

  /** Ends it as a person does; gives its last word. */
  async stop(): Promise<FollowerLine | undefined> {
    this.#cli.child.kill('SIGINT');
    const { code, stderr } = await this.#cli.ended;
    if (code !== 0) throw new Error(`it ended with ${code ?? '?'}: ${stderr}`);
    return this.lines().at(-1);
  }
}
