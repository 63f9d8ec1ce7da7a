import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseDeviceList } from '../../config/device-list.ts';
import { busSchema } from '../../config/schema.ts';
import { parseBusUrl } from '../line/bus-url.ts';
import { busLine, deviceListLines, usualRate } from './device-list.ts';
import type { FoundDevice } from './found.ts';

const bus = parseBusUrl('serial:///dev/ttyUSB0?baud=9600');
const RATE = { baud: 9600, format: '8N1' } as const;
const SLOW = { baud: 2400, format: '8E1' } as const;

function found(unit: number, rate: FoundDevice['rate']): FoundDevice {
  return { unit, rate, latencyMs: 10, answers: [] };
}

describe('deviceListLines', () => {
  it('is a device list that the configuration reads', () => {
    const lines = deviceListLines(bus, [found(1, RATE), found(7, RATE)], { usual: RATE, profile: 'eastron-sdm120' });
    const { devices, spots } = parseDeviceList(lines.join('\n'));
    expect(spots).toEqual([]);
    expect(devices.map(({ device }) => device)).toMatchObject([
      { id: 'bus-1-1', bus: 'bus-1', unit: 1, profile: 'eastron-sdm120' },
      { id: 'bus-1-7', bus: 'bus-1', unit: 7, profile: 'eastron-sdm120' },
    ]);
    expect(devices[0]?.device.serial).toBeUndefined();
  });

  it('gives a device its own rate where that is not the usual one', () => {
    const lines = deviceListLines(bus, [found(1, RATE), found(7, SLOW)], { usual: RATE, profile: 'p' });
    const { devices, spots } = parseDeviceList(lines.join('\n'));
    expect(spots).toEqual([]);
    expect(devices.map(({ device }) => device.serial)).toEqual([undefined, SLOW]);
  });

  it('has the reader of the list ask for the profile that nobody has named', () => {
    const { spots } = parseDeviceList(deviceListLines(bus, [found(1, RATE)], { usual: RATE, profile: '' }).join('\n'));
    expect(spots).toMatchObject([{ line: 2, message: '"profile" is missing' }]);
  });
});

describe('usualRate', () => {
  it('is what most devices answer with', () => {
    expect(usualRate(bus, [found(1, RATE), found(2, SLOW), found(3, SLOW)])).toEqual(SLOW);
    expect(usualRate(bus, [])).toEqual(RATE);
  });
});

describe('busLine', () => {
  it.each([
    ['serial:///dev/ttyUSB0', SLOW],
    ['modbus-tcp://[::1]:502', null],
    ['tcp-serial://10.0.0.6:4001?baud=2400&format=8E1', SLOW],
  ] as const)('says in YAML where %s is', (url, rate) => {
    const [stated] = parse(busLine(parseBusUrl(url), rate)) as unknown[];
    expect(busSchema.parse(stated)).toEqual({ ...parseBusUrl(url), ...rate });
  });
});
