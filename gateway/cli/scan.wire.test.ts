/** `scan` against simulated lines with what goes wrong on them, and against libmodbus's own server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dtsu666 } from '../../simulators/devices/chint-dtsu666.ts';
import { sdm120 } from '../../simulators/devices/eastron-sdm120.ts';
import { wbMcm8 } from '../../simulators/devices/wb-mcm8.ts';
import type { Line } from '../../simulators/wire/line.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { freePort, serialPair, startLibmodbusServer, until } from '../testing/programs.ts';
import { ROOT, runCli, startCli } from './testing/run-cli.ts';

interface ScanJson {
  readonly found: readonly {
    readonly unit: number;
    readonly latencyMs: number | null;
    readonly rate: unknown;
    readonly answers: readonly {
      readonly fc: number;
      readonly kind: string;
      readonly code?: number;
      readonly value?: unknown;
    }[];
  }[];
  readonly noise: readonly { readonly units: readonly number[] }[];
  readonly complete: boolean;
}

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-scan-'));
let serial: Line;
let behind: Line;

beforeAll(async () => {
  serial = await startSerialLine({
    devices: [sdm120({ id: 'a', unit: 2 }), dtsu666({ id: 'b', unit: 4 }), wbMcm8({ id: 'c', unit: 9 })],
    pty: join(folder, 'line'),
  });
  behind = await startTcpServer({ devices: [sdm120({ id: 'd', unit: 3 })], unknownUnit: 'gateway-exception' });
});

afterAll(async () => {
  await serial.close();
  await behind.close();
  rmSync(folder, { recursive: true });
});

afterEach(() => {
  serial.behaviour.faults = {};
  for (const { id } of serial.devices) serial.behaviour.setDeviceFaults(id, {});
});

function bus(line: Line): string {
  return 'path' in line.address ? `serial://${line.address.path}` : `modbus-tcp://127.0.0.1:${line.address.port}`;
}

async function scan(where: string, ...more: string[]): Promise<ScanJson & { code: number | null }> {
  const { code, stdout, stderr } = await runCli(['scan', '--bus', where, '--json', ...more]);
  expect(stderr).toBe('');
  return { code, ...(JSON.parse(stdout) as ScanJson) };
}

const units = ({ found }: ScanJson): number[] => found.map(({ unit }) => unit);
const QUICK = ['--timeout', '60'];

describe('gatehouse scan', () => {
  it('finds the units of a serial line, each by an exception or a value', async () => {
    const result = await scan(bus(serial), '--units', '1-10', ...QUICK);
    expect(units(result)).toEqual([2, 4, 9]);
    expect(result.found[1]?.answers).toMatchObject([
      { fc: 3, kind: 'exception', code: 2 },
      { fc: 4, kind: 'exception', code: 1 },
    ]);
    expect(result).toMatchObject({ noise: [], complete: true, code: 0 });
  });

  it('ends with lines for a device list', async () => {
    const { code, stdout } = await runCli([
      'scan',
      '--bus',
      bus(serial),
      '--units',
      '2,4',
      ...QUICK,
      '--profile',
      'eastron-sdm120',
    ]);
    expect(stdout).toContain(
      `- { id: bus-1, type: serial, path: "${join(folder, 'line')}", baud: 9600, format: '8N1' }`,
    );
    expect(stdout).toContain('id,bus,unit,profile\nbus-1-2,bus-1,2,eastron-sdm120\nbus-1-4,bus-1,4,eastron-sdm120\n');
    expect(code).toBe(0);
  });

  it('calls who stands in the site by its name there, and lists the others', async () => {
    const siteFile = join(folder, 'site.yaml');
    const site = {
      site: { id: 'scanned', nameZh: '测试小区' },
      profiles: [join(ROOT, 'config/profiles')],
      alarmRules: join(ROOT, 'config/alarms.yaml'),
      buses: [{ id: 'cellar', type: 'serial', path: join(folder, 'line') }],
      devices: [{ id: 'lobby', nameZh: '大堂电表', bus: 'cellar', unit: 2, profile: 'eastron-sdm120' }],
    };
    writeFileSync(siteFile, JSON.stringify(site));
    const { code, stdout } = await runCli(['scan', '--bus', 'cellar', '--site', siteFile, '--units', '2,4', ...QUICK]);
    expect(stdout).toMatch(/^ +2 .* lobby$/m);
    expect(stdout).toMatch(/id,bus,unit,profile\ncellar-4,cellar,4,\n$/);
    expect(code).toBe(0);
  });

  it('sends nothing but reads', async () => {
    const functions = new Set<number>();
    const listener = createServer((socket) => {
      // Whoever scans resets the connection when it has done.
      socket.on('error', () => socket.destroy());
      // One request at a time: a frame comes whole, its function after the seven bytes of its header.
      socket.on('data', (frame) => functions.add(frame[7] ?? 0));
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const { port } = listener.address() as AddressInfo;
    await scan(`modbus-tcp://127.0.0.1:${port}`, '--units', '1-3', '--ask', '1,2,3,4', '--timeout', '10');
    listener.close();
    expect([...functions].sort()).toEqual([1, 2, 3, 4]);
  });

  it('does not take damaged replies for a device, and says that there is noise', async () => {
    serial.behaviour.faults = { badChecksum: 1 };
    const result = await scan(bus(serial), '--units', '1-5', ...QUICK);
    expect(result).toMatchObject({ found: [], noise: [{ units: [2, 4] }], code: 1 });
  });

  it('finds a device that answers only after its turn', async () => {
    serial.behaviour.setDeviceFaults('a', { late: 1, lateMs: 200 });
    const result = await scan(bus(serial), '--units', '1-5', '--timeout', '80');
    expect(units(result)).toEqual([2, 4]);
    expect(result.found[0]?.answers).toMatchObject([{ fc: 3 }, { fc: 4 }]);
  });

  it('finds devices on a line that echoes', async () => {
    serial.behaviour.faults = { echo: 1 };
    expect(units(await scan(bus(serial), '--units', '1-5', ...QUICK))).toEqual([2, 4]);
  });

  it('goes through rates and formats, and asks nobody again who has answered', async () => {
    const before = serial.behaviour.statistics.requests;
    const result = await scan(bus(serial), '--units', '2-4', '--rates', '9600,2400', '--formats', '8N1', ...QUICK);
    expect(result.found).toMatchObject([{ unit: 2, rate: { baud: 9600, format: '8N1' } }, { unit: 4 }]);
    // Two units with two functions each.
    expect(serial.behaviour.statistics.requests - before).toBe(4);
  });

  it("does not take a gateway's word about an absent unit for the unit", async () => {
    expect(units(await scan(bus(behind), '--units', '1-6'))).toEqual([3]);
  });

  it('comes back when the far end drops the connection', async () => {
    const server = await startTcpServer({ devices: [sdm120({ id: 'e', unit: 3 }), sdm120({ id: 'f', unit: 5 })] });
    server.behaviour.setDeviceFaults('e', { disconnect: 0.5 });
    const result = await scan(bus(server), '--units', '3-5', ...QUICK);
    await server.close();
    expect(units(result)).toContain(5);
  });

  it('ends with what it has found when it is broken off', async () => {
    const { statistics } = serial.behaviour;
    const before = statistics.unknownUnits;
    const running = startCli(['scan', '--bus', bus(serial), '--units', '2,100-200', '--json']);
    await until(() => statistics.unknownUnits > before, 'the scan to reach a unit that is not there');
    running.child.kill('SIGINT');
    const { code, stdout } = await running.ended;
    expect(JSON.parse(stdout)).toMatchObject({ found: [{ unit: 2 }], complete: false });
    expect(code).toBe(130);
  });

  it('says where to look when nothing answers', async () => {
    const { code, stdout } = await runCli(['scan', '--bus', bus(serial), '--units', '20-21', ...QUICK]);
    expect(stdout).toContain('nothing answers');
    expect(stdout).toContain('A and B swapped');
    expect(code).toBe(1);
  });

  it.each([
    [['scan'], 'which bus?'],
    [['scan', '--bus', 'tcp-serial://127.0.0.1:1', '--rates', '9600'], 'set in the server'],
    [['scan', '--bus', 'meters-9'], 'did you mean "meters-1"?'],
    [['scan', '--bus', 'modbus-tcp://127.0.0.1:1', '--ask', '5'], 'Each is one of 1, 2, 3, 4.'],
  ])('%j is a usage error', async (args, words) => {
    const { code, stderr } = await runCli(args);
    expect(stderr).toContain(words);
    expect(code).toBe(2);
  });
});

describe('gatehouse scan and libmodbus', () => {
  // Having heard a request to another unit, it waits 500 ms for that one's reply and takes anything for it.
  it('finds unit 17 on a pseudo-terminal, and no other', async () => {
    const pair = await serialPair();
    const server = await startLibmodbusServer({ serialPath: pair.far });
    const result = await scan(`serial://${pair.near}?baud=115200`, '--units', '15-18', '--timeout', '600');
    await server.stop();
    await pair.cut();
    expect(units(result)).toEqual([17]);
    expect(result.found[0]?.answers).toMatchObject([
      { fc: 3, kind: 'exception', code: 2 },
      { fc: 4, kind: 'exception', code: 2 },
    ]);
  });

  it('sees that a Modbus TCP server does not look at the unit', async () => {
    const port = await freePort();
    const server = await startLibmodbusServer({ tcpPort: port });
    const { code, stdout } = await runCli(['scan', '--bus', `modbus-tcp://127.0.0.1:${port}`, '--units', '1-12']);
    await server.stop();
    expect(stdout).toContain('one device that does not look at the unit');
    expect(code).toBe(0);
  });
});
