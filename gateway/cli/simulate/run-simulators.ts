/** Runs the simulators as a process of their own: the product does not know their code. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { CliError, EXIT, usageError } from '../exit.ts';
import { paletteFor, type Palette } from '../text/palette.ts';
import { table } from '../text/table.ts';
import { placeOf, readyAnswer } from './answers.ts';
import { DEFAULT_CONTROL, type SimulateOptions } from './options.ts';
import { play } from './run-control.ts';

const MAIN = resolve(import.meta.dirname, '../../../simulators/main.ts');

type Ready = z.infer<typeof readyAnswer>;

/** Resolves when they have ended. Rejects with CliError where they cannot be started or end with an error. */
export async function runSimulators(options: SimulateOptions): Promise<void> {
  if (!existsSync(MAIN)) throw new CliError('the simulators are not part of this installation', `looked for ${MAIN}`);
  const colours = paletteFor(process.stdout);
  // Standard input stays open as long as this process lives: it is what the simulators' guard watches.
  const stdio = ['pipe', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, [MAIN, '--stdin-guard', ...argumentsFor(options)], { stdio: [...stdio] });
  // Ctrl-C reaches both processes of a terminal; a signal to this one alone is passed on.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const exited = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const ready = readyIn(line);
    if (!ready) console.log(colours.faint(line));
    else {
      console.log(readyLines(ready, colours).join('\n'));
      if (options.scenario !== undefined) await playFirst(options.scenario, ready);
    }
  }
  const [code] = (await exited) as [number | null];
  if (code !== 0) throw new CliError('the simulators have ended: their message is above', undefined, EXIT.findings);
}

function argumentsFor({ size, homes, heatedHomes, pty, portOffset, seed, control }: SimulateOptions): string[] {
  const port = URL.parse(control)?.port;
  if (port === undefined || port === '')
    throw usageError(`${JSON.stringify(control)} names no port`, '--control http://127.0.0.1:15000');
  if (size !== 'metering' && (homes ?? heatedHomes) !== undefined)
    throw usageError(`the ${size} community has no metered homes`, '--size metering has');
  return [
    ...['--size', size, '--control', port],
    ...(homes === undefined ? [] : ['--homes', String(homes)]),
    ...(heatedHomes === undefined ? [] : ['--heated-homes', String(heatedHomes)]),
    ...(pty ? [] : ['--no-pty']),
    ...(portOffset === undefined ? [] : ['--port-offset', String(portOffset)]),
    ...(seed === undefined ? [] : ['--seed', String(seed)]),
  ];
}

/** A misspelt scenario does not end what runs. */
async function playFirst(name: string, { control }: Ready): Promise<void> {
  try {
    await play(name, { control, speed: 1 });
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    console.error([error.message, error.hint].join(': '));
  }
}

function readyIn(line: string): Ready | null {
  if (!line.startsWith('{')) return null;
  return readyAnswer.safeParse(JSON.parse(line)).data ?? null;
}

function readyLines({ control, lines }: Ready, colours: Palette): string[] {
  const elsewhere = control === DEFAULT_CONTROL ? '' : ` --control ${control}`;
  const rows = lines.map((line) => [colours.name(line.id), line.type, placeOf(line)]);
  return [
    ...table([{ title: 'line' }, { title: 'type' }, { title: 'where' }], rows, colours),
    `${colours.good('ready')}; control port ${control}. In another terminal: scripts/gatehouse simulate list${elsewhere}`,
  ];
}
