/** A program of a benchmark, as a process of its own: told its settings, asked over IPC, gone with its benchmark. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Protocol } from './protocol.ts';
import { scheduled, type Scheduling } from './scheduling.ts';
import type { Stoppable } from './scope.ts';

export interface Peer<P extends Protocol> extends Stoppable {
  readonly pid: number;
  /** What it said when it was ready. */
  readonly ready: P['ready'];
  readonly ask: (question: P['question']) => Promise<P['answer']>;
}

/** A program that does not end when it is left is ended. */
const PATIENCE_MS = 5_000;
const PROGRAMS = join(import.meta.dirname, '..', 'programs');

/**
 * Starts `programs/{name}.ts`, whose file exports its protocol. One question at a time. Rejects when the
 * program ends before it has answered.
 */
export async function startPeer<P extends Protocol>(
  name: string,
  settings: P['settings'],
  scheduling: Scheduling = 'ordinary',
): Promise<Peer<P>> {
  const program = [join(PROGRAMS, `${name}.ts`), JSON.stringify(settings)];
  const [command, args] = scheduled(scheduling, process.execPath, program);
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const ready = await answerOf(child, name);
  return {
    pid: child.pid ?? 0,
    ready,
    ask: (question) => {
      child.send({ question });
      return answerOf(child, name);
    },
    stop: async () => {
      if (child.connected) child.disconnect();
      const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
      await exited;
      clearTimeout(patience);
    },
  };
}

async function answerOf(child: ChildProcess, name: string): Promise<unknown> {
  const gone = new AbortController();
  const end = (): void => gone.abort();
  child.once('exit', end);
  try {
    const [message] = (await once(child, 'message', { signal: gone.signal })) as [{ readonly answer: unknown }];
    return message.answer;
  } catch (error) {
    throw new Error(`the program ${name} ended before it had answered`, { cause: error });
  } finally {
    child.off('exit', end);
  }
}
