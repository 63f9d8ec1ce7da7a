/** A real mosquitto, on a port of ours and with a configuration of its own, and its command-line clients. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { freePort } from '../../testing/programs.ts';

export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  /** SIGKILL: whatever it had not sent is gone. */
  readonly kill: () => Promise<void>;
  /** Starts it again on the same port, remembering nothing. */
  readonly start: () => Promise<void>;
}

/** `lines`: more of mosquitto.conf. */
export async function startMosquitto(lines: readonly string[] = ['allow_anonymous true']): Promise<Mosquitto> {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-mosquitto-'));
  const port = await freePort();
  const file = join(folder, 'mosquitto.conf');
  // Started by root it would change to a user of its own, who may not read the files of this test.
  await writeFile(file, [`listener ${port} 127.0.0.1`, 'persistence false', 'user root', ...lines, ''].join('\n'));
  let broker: ChildProcess | null = null;
  const kill = async () => {
    if (broker?.exitCode === null) {
      const gone = once(broker, 'exit');
      broker.kill('SIGKILL');
      await gone;
    }
    broker = null;
  };
  const start = async () => {
    broker = spawn('mosquitto', ['-c', file], { stdio: 'ignore' });
    await listening(port);
  };
  onTestFinished(async () => {
    await kill();
    await rm(folder, { recursive: true });
  });
  await start();
  return { port, url: `mqtt://127.0.0.1:${port}`, kill, start };
}

/** Runs `mosquitto_sub` or `mosquitto_pub` to its end; resolves with its output and exit code. */
export async function run(program: 'mosquitto_sub' | 'mosquitto_pub', args: readonly string[]) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const socket = connect(port, '127.0.0.1');
    const answered = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (answered) return;
    await sleep(10);
  }
  throw new Error(`mosquitto does not listen on ${port}`);
}
