import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mbpoll } from './testing/foreign.ts';
import { freePortOffset, launchSimulators, type Launched } from './testing/launch.ts';

let root = '';
const running: Launched[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'simulators-'));
});
afterEach(async () => {
  for (const each of running.splice(0)) await each.stop();
  await rm(root, { recursive: true });
});

async function start(offset: number, ...args: string[]): Promise<Launched> {
  const launched = await launchSimulators(['--root', root, '--port-offset', String(offset), ...args]);
  running.push(launched);
  return launched;
}

const links = (): Promise<string[]> => readdir(join(root, 'var', 'sim'));

describe('the simulators as a process', () => {
  it('says when every line is open, and they are', async () => {
    const offset = freePortOffset();
    const { lines } = await start(offset);
    expect(lines.map(({ id }) => id)).toContain('pump-room');
    expect(await links()).toEqual(['barriers', 'lift-io-45', 'meters-1', 'pump-room']);
    const tcp = ['-m', 'tcp', '-p', String(15_032 + offset), '-a', '10'];
    const battery = await mbpoll([...tcp, '-t', '4', '-r', '1029', '-c', '1', '127.0.0.1']);
    expect(battery).toEqual(new Map([[1029, 264]]));
    const rtu = ['-m', 'rtu', '-b', '9600', '-P', 'none', '-a', '12'];
    const model = await mbpoll([...rtu, '-t', '4', '-r', '8451', '-c', '1', join(root, 'var/sim/pump-room')]);
    expect(model).toEqual(new Map([[8451, 0x010a]]));
  });

  it('on SIGTERM ends with 0 and takes its pseudo-terminals with it', async () => {
    const simulators = await start(freePortOffset());
    simulators.process.kill('SIGTERM');
    expect(await simulators.ended()).toBe(0);
    expect(await links()).toEqual([]);
  });

  it('ends when whoever started it has gone', async () => {
    const simulators = await start(freePortOffset(), '--no-pty', '--stdin-guard');
    simulators.process.stdin?.end();
    expect(await simulators.ended()).toBe(0);
  });

  it('killed outright, it leaves no pseudo-terminal behind', async () => {
    const simulators = await start(freePortOffset());
    expect(await links()).toHaveLength(4);
    simulators.process.kill('SIGKILL');
    await vi.waitFor(async () => expect(await links()).toEqual([]), { timeout: 10_000, interval: 50 });
  });

  it('leaves those of the usual ports alone where it is on others, though nobody names a root', async () => {
    const offset = freePortOffset();
    const simulators = await launchSimulators(['--port-offset', String(offset)]);
    running.push(simulators);
    const own = resolve(import.meta.dirname, '..', 'var', `offset-${offset}`);
    expect(simulators.lines.find(({ id }) => id === 'pump-room')?.path).toBe(join(own, 'var/sim/pump-room'));
    await simulators.stop();
    await rm(own, { recursive: true });
  });

  it('says which port is taken and ends with 1', async () => {
    const offset = freePortOffset();
    await start(offset, '--no-pty');
    const second = start(offset, '--no-pty');
    await expect(second).rejects.toThrow('ended with 1');
    await expect(second).rejects.toThrow(`port ${15_021 + offset} is taken: another community runs`);
  });
});
