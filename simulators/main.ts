/** The simulated community as a process of its own. */
import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { largeCommunity } from './community/large.ts';
import { meteringCommunity } from './community/metering.ts';
import type { Community } from './community/plan.ts';
import { smallCommunity } from './community/small.ts';
import { startCommunity, type RunningCommunity } from './community/start.ts';
import { Player } from './control/player.ts';
import { createControl } from './control/server.ts';
import { MovableTime } from './metering/community-time.ts';
import { UTC_OFFSET_MS, parseLocal, type LocalMs } from './metering/local-time.ts';

interface Arguments {
  readonly size: 'small' | 'large' | 'metering';
  readonly homes: number;
  readonly homesPerLine: number;
  readonly heatedHomes: number;
  readonly start?: LocalMs;
  readonly speed: number;
  readonly root?: string;
  readonly portOffset: number;
  readonly pty: boolean;
  readonly seed: number;
  readonly control: number;
  readonly stdinGuard: boolean;
}

const announce = (line: string): void => console.log(`${new Date().toISOString()} ${line}`);

function integer(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('a whole number, not negative');
  return value;
}

function positive(text: string): number {
  const value = Number(text);
  if (!(value > 0 && value <= 100_000)) throw new InvalidArgumentError('above 0, up to 100000');
  return value;
}

function localTime(text: string): LocalMs {
  const local = parseLocal(text);
  if (local === null) throw new InvalidArgumentError('a local time such as 2026-10-31T22:00:00');
  return local;
}

function planOf({ size, seed, homes, homesPerLine, heatedHomes, start, speed }: Arguments): Community {
  switch (size) {
    case 'small':
      return smallCommunity(seed);
    case 'large':
      return largeCommunity(seed);
    case 'metering': {
      const now = performance.now();
      const time = new MovableTime(now, start ?? Date.now() + UTC_OFFSET_MS, speed);
      return meteringCommunity({ seed, homes, homesPerLine: Math.max(1, homesPerLine), heatedHomes, time, now });
    }
  }
}

function parseArguments(): Arguments {
  return new Command('simulators')
    .description('Devices of a residential community that answer on real wires')
    .addOption(new Option('--size <size>').choices(['small', 'large', 'metering']).default('small'))
    .option('--homes <n>', 'with --size metering: homes, three meters each', integer, 1_000)
    .option('--homes-per-line <n>', 'homes on a line of electricity meters, and of water and gas meters', integer, 50)
    .option('--heated-homes <n>', 'how many of them have heat, hot water and reclaimed water besides', integer, 20)
    .option(
      '--start <local>',
      'local time at which the metered homes begin: 2026-10-31T22:00:00; default: now',
      localTime,
    )
    .option('--speed <n>', 'how much faster the time of the metered homes runs', positive, 1)
    .option(
      '--root <directory>',
      'pseudo-terminals stand under its var/sim/; default: the project, and with --port-offset 200 its var/offset-200',
    )
    .option('--port-offset <n>', 'added to every TCP port', integer, 0)
    .option('--no-pty', 'serial lines get a free TCP port each instead of a pseudo-terminal')
    .option('--seed <n>', 'decides every wobble and every fault', integer, 1)
    .option('--control <port>', 'control port on loopback', integer, 15_000)
    .option('--stdin-guard', 'end when standard input ends: whoever started this has gone', false)
    .parse()
    .opts<Arguments>();
}

/** Communities that run beside each other on ports of their own have pseudo-terminals of their own. */
function rootOf({ root, portOffset }: Arguments): string {
  const project = resolve(import.meta.dirname, '..');
  return root === undefined && portOffset > 0 ? resolve(project, `var/offset-${portOffset}`) : resolve(root ?? project);
}

/** One line of JSON for the program that waits for it. */
function ready(community: RunningCommunity, control: string): void {
  const lines = community.lines.map(({ id, type, address }) => ({ id, type, ...address }));
  console.log(JSON.stringify({ ready: true, control, lines }));
}

function wordsOf(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (code !== 'EADDRINUSE') return error.message;
  return `port ${port ?? '?'} is taken: another community runs, or another program has it; --port-offset 200 takes others`;
}

async function main(): Promise<void> {
  const given = parseArguments();
  const { size, portOffset, pty, seed, control: controlPort, stdinGuard } = given;
  const plan = planOf(given);
  const community = await startCommunity(plan, { root: rootOf(given), portOffset, pty, seed, announce });
  const player = new Player(community, announce);
  const control = createControl({ community, player, announce });

  let ending = false;
  const end = async (why: string): Promise<void> => {
    if (ending) return;
    ending = true;
    announce(`ending: ${why}`);
    await player.close();
    await control.close();
    await community.close();
    process.stdin.destroy();
  };
  process.on('SIGINT', () => void end('SIGINT'));
  process.on('SIGTERM', () => void end('SIGTERM'));
  if (stdinGuard) process.stdin.resume().on('close', () => void end('standard input has closed'));

  try {
    const address = await control.listen({ host: '127.0.0.1', port: controlPort + portOffset });
    announce(
      `${size} community: ${community.lines.length} lines, ${community.devices.size} devices, control ${address}`,
    );
    ready(community, address);
  } catch (error) {
    await end('the control port cannot be opened');
    throw error;
  }
}

try {
  await main();
} catch (error) {
  console.error(wordsOf(error));
  process.exitCode = 1;
}
