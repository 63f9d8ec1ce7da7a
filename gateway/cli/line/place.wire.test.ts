/** Places are compared as the machine sees them: with its links and its names of hosts. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { isSamePlace, placeIn } from './place.ts';

describe('placeIn', () => {
  it.each([
    ['/dev/ttyUSB0 9600 8N1', { path: '/dev/ttyUSB0' }],
    ['var/a site/meters 19200 7E1', { path: 'var/a site/meters' }],
    ['10.0.0.6:4001, 9600 8N1 behind it', { host: '10.0.0.6', port: 4001 }],
    ['fe80::1:502', { host: 'fe80::1', port: 502 }],
    ['somewhere', null],
  ])('finds the place in %j', (address, place) => {
    expect(placeIn(address)).toEqual(place);
  });
});

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
