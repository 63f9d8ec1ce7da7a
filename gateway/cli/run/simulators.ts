/** The simulated community, as a process of its own: the product does not know the simulators' code. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { CliError } from '../exit.ts';

export interface Simulators {
  readonly stop: () => Promise<void>;
}

const MAIN = fileURLToPath(new URL('../../../simulators/main.ts', import.meta.url));
/** A small box needs a while to read it all from its card for the first time. */
const READY_WITHIN_S = 90;

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
  const started = await new Promise<'ready' | 'ended' | 'late'>((resolve) => {
    lines.on('line', (line) => {
      if (line.startsWith('{')) resolve('ready');
    });
    void exited.then(() => resolve('ended'));
    setTimeout(() => resolve('late'), READY_WITHIN_S * 1000).unref();
  });
  lines.on('line', said);
  if (started === 'ended') {
    throw new CliError('the simulated community did not start', 'its messages are above; is another one running?');
  }
  if (started === 'late') {
    child.kill('SIGKILL');
    throw new CliError(`the simulated community is not there after ${READY_WITHIN_S} s`, 'is this machine very busy?');
  }
  return {
    stop: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
