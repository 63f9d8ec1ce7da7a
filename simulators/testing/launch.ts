/** Starts the simulators as the process that they are, for tests. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';

const readyLine = z.object({
  ready: z.literal(true),
  control: z.url(),
  lines: z.array(
    z.object({ id: z.string(), type: z.string(), path: z.string().optional(), port: z.number().optional() }),
  ),
});

export interface Launched {
  readonly process: ChildProcess;
  /** Base URL of the control port. */
  readonly control: string;
  readonly lines: z.infer<typeof readyLine>['lines'];
  /** Everything it has printed, by line. */
  readonly said: readonly string[];
  /** Resolves with the exit code once it has ended. */
  ended(): Promise<number | null>;
  /** Ends it, as its operator does. */
  stop(): Promise<void>;
}

async function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** Resolves when every port is open. Rejects, with what it has said, when it ends before. */
export async function launchSimulators(args: readonly string[]): Promise<Launched> {
  const main = join(import.meta.dirname, '..', 'main.ts');
  const child = spawn(process.execPath, [main, ...args], { stdio: 'pipe' });
  const said: string[] = [];
  createInterface(child.stderr).on('line', (line) => said.push(line));
  const ready = await new Promise<z.infer<typeof readyLine>>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      said.push(line);
      if (line.startsWith('{')) resolve(readyLine.parse(JSON.parse(line)));
    });
    child.once('close', (code) => reject(new Error(`the simulators ended with ${code}: ${said.join('\n')}`)));
  });
  return {
    process: child,
    control: ready.control,
    lines: ready.lines,
    said,
    ended: () => ended(child),
    async stop() {
      child.kill('SIGTERM');
      await ended(child);
    },
  };
}

let taken = 500 + 120 * Math.floor(Math.random() * 100);

/** A port offset for one community: away from one that runs by hand, and below the ports that the system gives out. */
export function freePortOffset(): number {
  taken += 120;
  return taken;
}
