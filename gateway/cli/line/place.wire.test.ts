/** Places are compared as the machine sees them: with its links and its names of hosts. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSamePlace } from './place.ts';

describe('isSamePlace', () => {
  it.each([
    ['a host by its name and its address', { host: 'localhost', port: 4001 }, { host: '127.0.0.1', port: 4001 }, true],
    ['another port', { host: '127.0.0.1', port: 4001 }, { host: '127.0.0.1', port: 4002 }, false],
    ['another host', { host: '127.0.0.2', port: 4001 }, { host: '127.0.0.1', port: 4001 }, false],
    ['a serial port and a host', { path: '127.0.0.1:4001' }, { host: '127.0.0.1', port: 4001 }, false],
    ['a port that is unplugged', { path: '/dev/gone' }, { path: '/dev/../dev/gone' }, true],
  ])('%s', async (_, one, other, expected) => {
    expect(await isSamePlace(one, other)).toBe(expected);
    expect(await isSamePlace(other, one)).toBe(expected);
  });

  it('follows links to serial ports', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-place-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const [port, link] = [join(folder, 'ttyUSB0'), join(folder, 'by-id')];
    writeFileSync(port, '');
    symlinkSync(port, link);
    expect(await isSamePlace({ path: port }, { path: link })).toBe(true);
  });
});
