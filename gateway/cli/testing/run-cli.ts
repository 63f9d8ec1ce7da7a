/** The command line as a user starts it: a process with arguments, standard input, two outputs and an exit code. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { until } from '../../testing/programs.ts';

const INDEX = join(import.meta.dirname, '../index.ts');
/** The project's folder, which `scripts/gatehouse` runs in. */
export const ROOT = join(import.meta.dirname, '../../..');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when its outputs, of which there is no more then, have been read. */
  readonly ended: Promise<CliResult>;
  /** Waits until `text` stands in one of the outputs. Rejects, with what was said instead, when it ends before. */
  readonly says: (text: string) => Promise<void>;
}

export interface CliOptions {
  readonly input?: string;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts it without a terminal. Without `input` its standard input is empty. */
export function startCli(args: readonly string[], { input = '', cwd = ROOT, env = {} }: CliOptions = {}): RunningCli {
  const child = spawn(process.execPath, [INDEX, ...args], { cwd, env: { ...withoutColours(), ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that needs no input may have ended before all of it is written.
  child.stdin.on('error', () => undefined).end(input);
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr }));
  return {
    child,
    stdout: () => stdout,
    stderr: () => stderr,
    ended,
    says: async (text) => {
      const said = (): boolean => stdout.includes(text) || stderr.includes(text);
      const early = ended.then(({ code }) => {
        if (!said())
          throw new Error(`${args.join(' ')} ended with ${code} before it said ${text}:\n${stdout}${stderr}`);
      });
      await Promise.race([early, until(said, `${args.join(' ')} to say ${text}`)]);
    },
  };
}

export function runCli(args: readonly string[], options?: CliOptions): Promise<CliResult> {
  return startCli(args, options).ended;
}

function withoutColours(): NodeJS.ProcessEnv {
  return { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, GATEHOUSE_FROM: undefined };
}
