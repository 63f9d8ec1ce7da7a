/** The gateway as a child process: started, killed without warning, started again on the same files. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const MAIN = fileURLToPath(new URL('gateway-main.ts', import.meta.url));

export interface Ready {
  readonly apiUrl: string;
  readonly mqttUrl: string;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export type LogLine = Readonly<Record<string, unknown>>;

export class GatewayProcess {
  /** Where it is; rejects with what it said when it ends before. */
  readonly ready: Promise<Ready>;
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;
  /** Rejects when it ends, with what it said. */
  readonly #death: Promise<never>;
  #stdout = '';
  #stderr = '';
  #hasEnded = false;

  /** Starts it. It ends with the test at the latest. */
  constructor(siteFile: string) {
    const env = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'gatehouse-compile-cache') };
    const child = fork(MAIN, [siteFile], { silent: true, execArgv: [], env });
    this.#child = child;
    child.stdout?.on('data', (chunk: Buffer) => (this.#stdout += chunk.toString()));
    child.stderr?.on('data', (chunk: Buffer) => (this.#stderr += chunk.toString()));
    this.exited = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#hasEnded = true;
        resolve({ code, signal });
      });
    });
    this.#death = this.exited.then((exit) => Promise.reject(new Error(`the gateway ${this.#describe(exit)}`)));
    this.ready = Promise.race([this.#message() as Promise<Ready>, this.#death]);
    this.ready.catch(() => undefined);
    onTestFinished(async () => {
      child.kill('SIGKILL');
      await this.exited;
    });
  }

  /** What it has logged, line by line. */
  log(): LogLine[] {
    const lines = this.#stdout.slice(0, this.#stdout.lastIndexOf('\n') + 1).split('\n');
    return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as LogLine);
  }

  /** What it said on standard error. */
  get complaint(): string {
    return this.#stderr;
  }

  /** Resolves when it has read its configuration, and done what that asks. */
  async reload(): Promise<void> {
    const answer = this.#message();
    this.#child.send('reload');
    await Promise.race([answer, this.#death]);
  }

  /** SIGKILL: nothing is written, nobody is told. Rejects when it had ended by itself. */
  async kill(): Promise<void> {
    if (this.#hasEnded) await this.#death;
    this.#child.kill('SIGKILL');
    const exit = await this.exited;
    if (exit.signal !== 'SIGKILL') await this.#death;
  }

  /** Ends it as an operator does. Rejects when it does not end well. */
  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const exit = await this.exited;
    if (exit.code !== 0) await this.#death;
  }

  async #message(): Promise<unknown> {
    const [message] = (await once(this.#child, 'message')) as [unknown];
    return message;
  }

  #describe({ code, signal }: Exit): string {
    const how = signal === null ? `ended with code ${code ?? '?'}` : `was ended by ${signal}`;
    return `${how}; it said:\n${this.#stderr || this.#stdout.slice(-2_000)}`;
  }
}
