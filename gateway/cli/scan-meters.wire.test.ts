/**
 * `scan` for meters against simulated lines: many that collide, noise, echo, several protocols on one wire. A scan mostly waits
 * for who is not there: those of few meters, each on a line of its own, wait at the same time.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { coldWaterMeter, gasMeter, heatMeter, hotWaterMeter } from '../../simulators/cjt188/meters.ts';
import { UNIT } from '../../simulators/cjt188/model.ts';
import { sdm120 } from '../../simulators/devices/eastron-sdm120.ts';
import { electricityMeter } from '../../simulators/mbus/electricity-meter.ts';
import { waterMeter } from '../../simulators/mbus/water-meter.ts';
import { nothing } from '../../simulators/metering/drawn.ts';
import { testMeter, type TestMeterOptions } from '../../simulators/testing/dlt645-meters.ts';
import { timeFrom } from '../../simulators/testing/meter-time.ts';
import type { Line } from '../../simulators/wire/line.ts';
import type { LineDevice } from '../../simulators/wire/line-device.ts';
import { startSerialLine, type SerialLineOptions } from '../../simulators/wire/serial-line.ts';
import { runCli, startCli } from './testing/run-cli.ts';

interface Found {
  readonly protocol: string;
  readonly address: string;
  readonly number: string;
  readonly utility: string | null;
  readonly rate: { readonly baud: number; readonly format: string };
  readonly profile: { readonly id: string | null };
}

interface ScanJson {
  readonly meters: readonly Found[];
  readonly unresolved: readonly { readonly where: string; readonly reason: string }[];
  readonly found?: readonly { readonly unit: number }[];
  readonly absent?: readonly string[];
  readonly complete: boolean;
}

const MINUTES = 60_000;
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-scan-meters-'));
const open: Line[] = [];
const time = timeFrom('2026-11-22T12:00:00');

afterAll(async () => {
  for (const line of open) await line.close();
  rmSync(folder, { recursive: true });
});

async function lineOf(options: SerialLineOptions): Promise<{ line: Line; bus: string }> {
  const line = await startSerialLine({ baud: 2_400, format: '8E1', paced: false, ...options });
  open.push(line);
  const { address } = line;
  const bus = 'path' in address ? `serial://${address.path}` : `tcp-serial://127.0.0.1:${address.port}?baud=115200`;
  return { line, bus };
}

async function scan(bus: string, protocol: string, ...more: string[]): Promise<ScanJson & { code: number | null }> {
  const args = ['scan', '--bus', bus, '--protocol', protocol, '--json', '--timeout', '120', ...more];
  const { code, stdout, stderr } = await runCli(args);
  expect(stderr).toBe('');
  return { code, ...(JSON.parse(stdout) as ScanJson) };
}

const addresses = ({ meters }: Pick<ScanJson, 'meters'>): string[] => meters.map(({ address }) => address).sort();

/** Energies differ, as those of meters do that have been in use. */
function electricity(address: string, more: TestMeterOptions = {}): LineDevice {
  return testMeter({ id: address, address, time, replyDelayMs: 5, initial: [Number(address) % 99_991], ...more })
    .device;
}

const common = { time, drawn: nothing } as const;
const quick = { replyDelayMs: 5 } as const;
const slave = (id: string, primary = 0, kind: 'coldWater' | 'warmWater' = 'coldWater'): LineDevice =>
  waterMeter({ ...common, id, kind, address: { id, primary }, initial: Number(id) % 9_973, model: quick });

describe.concurrent('gatehouse scan --protocol dlt645', () => {
  it(
    'finds every one of thirty meters of both versions that answer at once, and nobody else',
    async () => {
      const own = Array.from({ length: 24 }, (_, i) => `0000123456${String(4 * i + 1).padStart(2, '0')}`);
      const sameEnding = ['000012340005', '000012340105', '000012340205'];
      const old = ['000000000733', '000000000744', '000000000734'];
      const devices = [
        ...own.map((address, i) => electricity(address, i % 5 === 0 ? { phases: 3 } : {})),
        ...sameEnding.map((address) => electricity(address)),
        ...old.map((address) => electricity(address, { version: '1997' })),
      ];
      expect(devices.length).toBe(30);
      const { bus } = await lineOf({ devices });
      const result = await scan(bus, 'dlt645');
      expect(addresses(result)).toEqual([...own, ...sameEnding, ...old].sort());
      expect(result).toMatchObject({ unresolved: [], complete: true, code: 0 });
      const profileOf = (address: string) => result.meters.find((meter) => meter.address === address)?.profile.id;
      expect([own[0], own[1], old[0]].map((address) => profileOf(address ?? ''))).toEqual([
        'dlt645-three-phase',
        'dlt645-single-phase',
        'dlt645-1997-single-phase',
      ]);
    },
    5 * MINUTES,
  );

  it(
    'goes through the rates of a serial port, and gives lines for meters.csv',
    async () => {
      const devices = [
        electricity('000012345601', { serial: { baud: 9_600, format: '8E1' } }),
        electricity('000012345602', { serial: { baud: 1_200, format: '8E1' } }),
        electricity('000012345603', { serial: { baud: 9_600, format: '8E1' }, wakeUp: 0 }),
      ];
      const { bus } = await lineOf({ devices, pty: join(folder, 'rates'), mindsRate: true, paced: true });
      const { code, stdout } = await runCli([
        'scan',
        '--bus',
        bus,
        '--protocol',
        'dlt645',
        '--rates',
        '1200,9600',
        '--timeout',
        '120',
      ]);
      expect(stdout).toContain('found 3 meters');
      expect(stdout).toContain(
        [
          'number,utility,bus,address,profile,installedAt,initial,serial.baud,serial.format',
          '000012345602,electricity,bus-1,000012345602,dlt645-single-phase,,,1200,8E1',
          '000012345601,electricity,bus-1,000012345601,dlt645-single-phase,,,,',
          '000012345603,electricity,bus-1,000012345603,dlt645-single-phase,,,,',
        ].join('\n'),
      );
      expect(stdout).toContain("baud: 9600, format: '8E1' }");
      expect(code).toBe(0);
    },
    5 * MINUTES,
  );

  it.each([
    ['an adapter that echoes', { echo: 1 }],
    ['stray bytes before replies', { garbage: 0.3 }],
    ['some replies damaged', { badChecksum: 0.15 }],
    ['replies that come twice', { twice: 0.3 }],
  ])(
    'is not deceived by %s',
    async (_, faults) => {
      const meters = ['000012345601', '000012345602', '000012345699'];
      const { bus } = await lineOf({ devices: meters.map((address) => electricity(address)), faults });
      const result = await scan(bus, 'dlt645');
      expect(addresses(result)).toEqual(meters);
      expect(result.unresolved).toEqual([]);
    },
    5 * MINUTES,
  );

  it('finds a meter of 1997 that answers as the wildcard by its number', { timeout: 5 * MINUTES }, async () => {
    const { bus } = await lineOf({
      devices: [electricity('000000000733', { version: '1997', answersAsAsked: true })],
    });
    expect(addresses(await scan(bus, 'dlt645'))).toEqual(['000000000733']);
  });
});

describe.concurrent('gatehouse scan --protocol mbus', () => {
  it(
    'finds every one of sixteen slaves by its number, whatever its primary address',
    async () => {
      const batch = Array.from({ length: 10 }, (_, i) => String(12_345_605 + i));
      const others = ['00000001', '98765432', '12445600', '22345600', '12345699'];
      const devices = [
        ...batch.map((id) => slave(id)),
        ...others.map((id, i) => slave(id, i + 1, 'warmWater')),
        electricityMeter({ ...common, id: 'e', address: { id: '30100608', primary: 1 }, model: quick }),
      ];
      expect(devices.length).toBe(16);
      const { bus } = await lineOf({ devices, pty: join(folder, 'mbus') });
      const result = await scan(bus, 'mbus', '--rates', '2400', '--primary', '0-6', '--timeout', '200');
      expect(addresses(result)).toEqual([...batch, ...others, '30100608'].sort());
      expect(result).toMatchObject({ unresolved: [], complete: true, code: 0 });
      const kinds = new Map(result.meters.map(({ address, profile, utility }) => [address, [utility, profile.id]]));
      expect(kinds.get('12345605')).toEqual(['coldWater', 'mbus-cold-water']);
      expect(kinds.get('98765432')).toEqual(['hotWater', 'mbus-hot-water']);
      expect(kinds.get('30100608')).toEqual(['electricity', 'mbus-electricity']);
    },
    5 * MINUTES,
  );

  it(
    'ends with what it has found when it is broken off',
    async () => {
      const { line, bus } = await lineOf({ devices: [slave('12345678', 240)] });
      const running = startCli(['scan', '--bus', bus, '--protocol', 'mbus', '--json']);
      const { statistics } = line.behaviour;
      await expect.poll(() => statistics.unknownUnits, { timeout: MINUTES }).toBeGreaterThan(20);
      running.child.kill('SIGINT');
      const { code, stdout } = await running.ended;
      expect(JSON.parse(stdout)).toMatchObject({ meters: [{ address: '12345678' }], complete: false });
      expect(code).toBe(130);
    },
    5 * MINUTES,
  );
});

describe.concurrent('gatehouse scan --protocol cjt188', () => {
  const water = (address: string, diOrder: 'high' | 'low' = 'high') =>
    coldWaterMeter({ ...common, id: address, address, model: { ...quick, diOrder } });
  const gas = gasMeter({ ...common, id: 'g', address: '00201510270530', model: quick });
  const hot = hotWaterMeter({ ...common, id: 'h', address: '00201510270511', model: { ...quick, diOrder: 'low' } });
  const heat = heatMeter({ time, heat: nothing, heatingWater: nothing, worksSince: 0, unit: UNIT.kWh, id: 'q', address: '00201510270520', model: quick }); // prettier-ignore

  it(
    'finds one meter of each type, by the order of DI that it knows',
    async () => {
      const { bus } = await lineOf({ devices: [water('00201510270588'), gas, hot, heat] });
      const result = await scan(bus, 'cjt188');
      expect(result.meters.map(({ address, utility, profile }) => [address, utility, profile.id]).sort()).toEqual([
        ['00201510270511', 'hotWater', 'cjt188-hot-water'],
        ['00201510270520', 'heat', 'cjt188-heat-2004'],
        ['00201510270530', 'gas', 'cjt188-gas'],
        ['00201510270588', 'coldWater', 'cjt188-cold-water'],
      ]);
      expect(result).toMatchObject({ unresolved: [], code: 0 });
    },
    5 * MINUTES,
  );

  it(
    'says that it cannot tell several of one type apart, and finds the others',
    async () => {
      const { bus } = await lineOf({ devices: [water('00201510270588'), water('00201510270577'), gas] });
      const result = await scan(bus, 'cjt188');
      expect(addresses(result)).toEqual(['00201510270530']);
      expect(result.unresolved).toMatchObject([{ where: 'CJ/T 188, type 10 cold water' }]);
    },
    5 * MINUTES,
  );
});

describe.concurrent('gatehouse scan --meters', () => {
  it(
    'finds several of one type by the addresses of a list, and says who of it is not there',
    async () => {
      const addresses188 = ['00201510270588', '00201510270577'];
      const devices = addresses188.map((address) => coldWaterMeter({ ...common, id: address, address, model: quick }));
      const { bus } = await lineOf({ devices });
      const list = join(folder, 'list.csv');
      writeFileSync(list, `number,address\nw-1,${addresses188[0]}\nw-2,${addresses188[1]}\nw-3,00201510270599\n`);
      const result = await scan(bus, 'cjt188', '--meters', list);
      expect(addresses(result)).toEqual(addresses188.toSorted());
      expect(result.absent).toEqual(['00201510270599']);
    },
    5 * MINUTES,
  );

  it('says what is wrong with a list', async () => {
    const missing = await runCli([
      'scan',
      '--bus',
      'tcp-serial://127.0.0.1:1',
      '--protocol',
      'cjt188',
      '--meters',
      'no.csv',
    ]);
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('no.csv cannot be read') as string });
  });
});

describe.concurrent('gatehouse scan --protocol all', () => {
  it(
    'finds each device of a line that mixes protocols, at its own rate',
    async () => {
      const devices = [
        electricity('000012345601', { serial: { baud: 2_400, format: '8E1' } }),
        coldWaterMeter({ ...common, id: 'w', address: '00201510270588', model: quick, serial: { baud: 9_600, format: '8N1' } }), // prettier-ignore
        waterMeter({ ...common, id: 'm', address: { id: '12345678', primary: 3, baud: 9_600 }, model: quick }),
        { ...sdm120({ id: 's', unit: 4 }), serial: { baud: 9_600, format: '8N1' } as const },
      ];
      const { bus } = await lineOf({ devices, pty: join(folder, 'mixed'), mindsRate: true, paced: true });
      const result = await scan(
        bus,
        'all',
        '--rates',
        '9600,2400',
        '--units',
        '1-6',
        '--primary',
        '1-5',
        '--timeout',
        '200',
      );
      expect(result.meters.map(({ protocol, address, rate }) => [protocol, address, rate.baud])).toEqual([
        ['dlt645', '000012345601', 2_400],
        ['cjt188', '00201510270588', 9_600],
        ['mbus', '12345678', 9_600],
      ]);
      expect(result.found).toMatchObject([{ unit: 4 }]);
      expect(result).toMatchObject({ unresolved: [], complete: true, code: 0 });
    },
    5 * MINUTES,
  );

  it.each([
    [['--bus', 'modbus-tcp://127.0.0.1:1', '--protocol', 'mbus'], 'meters are on serial lines'],
    [['--bus', 'tcp-serial://127.0.0.1:1', '--protocol', 'dlt645', '--rates', '2400'], 'set in the server'],
    [['--bus', 'tcp-serial://127.0.0.1:1', '--protocol', 'mbsu'], 'Allowed choices are modbus, dlt645'],
  ])('%j is a usage error', async (args, words) => {
    const { code, stderr } = await runCli(['scan', ...args]);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });

  it('tells that nobody answers, and where to look', { timeout: 5 * MINUTES }, async () => {
    const { bus } = await lineOf({ devices: [] });
    const { code, stdout } = await runCli(['scan', '--bus', bus, '--protocol', 'dlt645', '--timeout', '120']);
    expect(stdout).toContain('no meter answers');
    expect(stdout).toContain("the server's rate and format");
    expect(code).toBe(1);
  });
});
