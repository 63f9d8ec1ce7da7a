/** The simulated community, as a process of its own: the product does not know the simulators' code. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CliError } from '../exit.ts';

export interface Simulators {
  readonly stop: () => Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../../simulators/main.ts', import.meta.url));
const READY_WITHIN_MS = 20_000;

/**
 * Resolves when all simulated lines are there. It ends with this process, however that ends. `said` is told what they say
 * after that, line by line: each step of a scenario.
 */
export async function startSimulators(said: (line: string) => void): Promise<Simulators> {
  const child = spawn(process.execPath, [MAIN, '--stdin-guard'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines = createInterface({ input: child.stdout });
  const ready = new Promise<boolean>((resolve) => {
    lines.on('line', (line) => {
      if (line.startsWith('{')) resolve(true);
    });
    void exited.then(() => resolve(false));
    setTimeout(() => resolve(false), READY_WITHIN_MS).unref();
  });
  const isReady = await ready;
  lines.on('line', said);
  if (!isReady) {
    child.kill('SIGKILL');
    throw new CliError('the simulated community did not start', 'its messages are above; is another one running?');
  }
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
