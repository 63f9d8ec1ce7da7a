import { once } from 'node:events';
import { lstat, mkdtemp, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { pressureTransmitter } from '../devices/pressure-transmitter.ts';
import { bytes } from '../testing/hex.ts';
import { until } from '../testing/master.ts';
import type { Line } from './line.ts';
import { startSerialLine } from './serial-line.ts';

let folder = '';
let path = '';
const lines: Line[] = [];
let announced: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulators-'));
  path = join(folder, 'sim', 'line');
  announced = [];
});
afterEach(async () => {
  vi.unstubAllEnvs();
  for (const line of lines.splice(0)) await line.close();
  await rm(folder, { recursive: true });
});

async function start(): Promise<Line> {
  const devices = [pressureTransmitter({ id: 'p', unit: 1 })];
  const line = await startSerialLine({ devices, pty: path, announce: (text) => announced.push(text) });
  lines.push(line);
  return line;
}

async function exists(): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Opens the path as the product does, and asks the transmitter for its address: reading is under way. */
async function openAndAsk(): Promise<{ port: SerialPort; reply: string }> {
  const port = new SerialPort({ path, baudRate: 9600, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  let heard = '';
  port.on('data', (chunk: Buffer) => (heard += hex(chunk)));
  port.write(bytes('01 03 00 00 00 01 84 0A'));
  await until(
    () => heard.length >= 14 || !port.isOpen,
    5_000,
    () => heard || 'silence',
  );
  if (!port.isOpen) throw new Error('the port has vanished');
  return { port, reply: heard };
}

async function ask(): Promise<string> {
  const { port, reply } = await openAndAsk();
  await new Promise<void>((resolve) => port.close(() => resolve()));
  return reply;
}

describe('a pseudo-terminal', () => {
  it('is a serial port that stays where it is while masters open and close it', async () => {
    await start();
    const before = await readlink(path);
    for (let i = 0; i < 5; i++) {
      expect(await ask()).toBe('01030200017984');
      // Time for it to notice that nobody has it open, which it must not mind.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(await readlink(path)).toBe(before);
    expect(announced).toEqual([]);
  });

  it('vanishes when it is unplugged: its master reads the end, and the path is gone', async () => {
    const line = await start();
    const { port } = await openAndAsk();
    const closed = once(port, 'close');
    await line.unplug();
    await closed;
    expect(await exists()).toBe(false);
    expect(line.plugged).toBe(false);
    await line.plug();
    expect(await ask()).toBe('01030200017984');
  });

  it('is gone when its line is closed', async () => {
    const line = await start();
    await line.close();
    expect(await exists()).toBe(false);
  });

  it('drops off and comes back by itself after a disconnection', async () => {
    const line = await start();
    const before = await readlink(path);
    line.behaviour.faults = { disconnect: 1 };
    await expect(ask()).rejects.toThrow();
    line.behaviour.faults = {};
    await vi.waitFor(async () => expect(await ask()).toBe('01030200017984'), { timeout: 10_000, interval: 100 });
    expect(await readlink(path)).toMatch(/^\/dev\/pts\//);
    expect(before).toMatch(/^\/dev\/pts\//);
  });

  it('takes the place of a link that a killed simulator has left', async () => {
    const line = await start();
    await line.close();
    await symlink('/dev/pts/9999', path);
    await start();
    expect(await ask()).toBe('01030200017984');
  });

  it("leaves somebody's file alone and says that it is in the way", async () => {
    const line = await start();
    await line.close();
    await writeFile(path, 'mine');
    await expect(start()).rejects.toThrow('is in the way');
  });

  it('says so when socat is missing', async () => {
    vi.stubEnv('PATH', folder);
    await expect(start()).rejects.toThrow('socat is missing: install the Debian package socat');
  });
});
