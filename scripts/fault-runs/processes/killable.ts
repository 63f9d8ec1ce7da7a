/** A program that is killed without warning and started again, on the same files. */
import { setTimeout as delay } from 'node:timers/promises';
import { startProgram, type Program } from '../../../gateway/testing/programs.ts';
import type { Stoppable } from '../../benchmarks/processes/scope.ts';

export interface Recipe {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly debianPackage: string;
  /** Whether it does what it is for, by what it has said. */
  readonly isReady: (output: string) => boolean;
}

/** How long a start may take on a machine that has other work too. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 10;
const LAST_WORDS = 4_000;

export class Killable implements Stoppable {
  readonly #recipe: Recipe;
  readonly #lives: Program[] = [];
  #program: Program | null = null;
  #kills = 0;

  constructor(recipe: Recipe) {
    this.#recipe = recipe;
  }

  get name(): string {
    return this.#recipe.name;
  }

  /** How often it was killed. */
  get kills(): number {
    return this.#kills;
  }

  /** What each of its lives has said; the last is the one that lasts. */
  get said(): readonly string[] {
    return this.#lives.map(({ output }) => output());
  }

  /** What the life that lasts has said. */
  get saying(): string {
    return this.#program?.output() ?? '';
  }

  /** Starts it unless it runs. */
  start(): void {
    if (this.#program) return;
    const { command, args, debianPackage } = this.#recipe;
    const program = startProgram(command, args, debianPackage);
    this.#program = program;
    this.#lives.push(program);
    // However this process ends, nothing of it stays.
    const end = (): void => void program.child.kill('SIGKILL');
    process.once('exit', end);
    program.child.once('exit', () => process.off('exit', end));
  }

  /** Resolves when it does what it is for. Rejects when it has ended by itself, or takes too long. */
  async ready(): Promise<void> {
    for (const end = performance.now() + PATIENCE_MS; ;) {
      const { child } = this.#alive();
      if (this.#recipe.isReady(this.saying)) return;
      if (performance.now() > end)
        throw new Error(`${this.name} (${child.pid ?? '?'}) is not ready${this.#lastWords()}`);
      await delay(LOOK_MS);
    }
  }

  /** SIGKILL: nothing is written, nobody is told. Rejects when it had ended by itself. */
  async kill(): Promise<void> {
    const program = this.#alive();
    this.#program = null;
    this.#kills += 1;
    await program.stop();
  }

  /** Asks it for something that it says when it is asked. Throws when it has ended by itself. */
  signal(signal: NodeJS.Signals): void {
    this.#alive().child.kill(signal);
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
    this.#program = null;
  }

  /** Throws when it has ended by itself: nothing may. */
  #alive(): Program {
    if (!this.#program) throw new Error(`${this.name} was not started`);
    const { exitCode, signalCode } = this.#program.child;
    if (exitCode === null && signalCode === null) return this.#program;
    throw new Error(
      `${this.name} has ended by itself (${signalCode ?? `code ${exitCode ?? '?'}`})${this.#lastWords()}`,
    );
  }

  #lastWords(): string {
    return `; it said:\n${this.saying.slice(-LAST_WORDS)}`;
  }
}
