/** `read` against simulated devices on TCP and on a pseudo-terminal, and against libmodbus's own server. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { dtsu666 } from '../../simulators/devices/chint-dtsu666.ts';
import { sdm120 } from '../../simulators/devices/eastron-sdm120.ts';
import { moxaE1210 } from '../../simulators/devices/moxa-iologik-e1210.ts';
import type { Line } from '../../simulators/wire/line.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { SerialTransport } from '../bus/serial.ts';
import { freePort, startLibmodbusServer, type Program } from '../testing/programs.ts';
import { ROOT, runCli } from './testing/run-cli.ts';

interface ReadJson {
  readonly readings: readonly {
    readonly point: string;
    readonly value: unknown;
    readonly quality: string;
    readonly reason?: string;
  }[];
  readonly exchanges: readonly { readonly request: string; readonly received: string }[];
}

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-read-'));
const pty = join(folder, 'meters');
let serial: Line;
let tcp: Line;

beforeAll(async () => {
  serial = await startSerialLine({
    devices: [sdm120({ id: 'meter', unit: 1 }), dtsu666({ id: 'shop', unit: 4 })],
    pty,
  });
  tcp = await startTcpServer({ devices: [moxaE1210({ id: 'inputs', unit: 1 })] });
});

afterAll(async () => {
  await serial.close();
  await tcp.close();
  rmSync(folder, { recursive: true });
});

afterEach(() => {
  serial.behaviour.faults = {};
});

function at(line: Line, unit: number, ...more: string[]): string[] {
  const { address } = line;
  const bus =
    'path' in address ? `serial://${address.path}?replyTimeoutMs=300` : `modbus-tcp://127.0.0.1:${address.port}`;
  return ['read', '--bus', bus, '--unit', String(unit), ...more];
}

/** A site file of one serial line with the meter on it. */
function siteFile(apiPort: number): string {
  const file = join(folder, `site-${apiPort}.yaml`);
  const lines = [
    'site: { id: here, nameZh: 此处 }',
    `api: { port: ${apiPort} }`,
    `profiles: [${join(ROOT, 'config/profiles')}]`,
    `alarmRules: ${join(ROOT, 'config/alarms.yaml')}`,
    `buses: [{ id: meters, type: serial, path: ${pty} }]`,
    'devices: [{ id: meter, bus: meters, unit: 1, profile: eastron-sdm120 }]',
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}

async function readJson(args: readonly string[]): Promise<ReadJson & { code: number | null }> {
  const { code, stdout, stderr } = await runCli([...args, '--json']);
  expect(stderr).toBe('');
  return { code, ...(JSON.parse(stdout) as ReadJson) };
}

describe('gatehouse read', () => {
  it('reads every point of a model over a serial line', async () => {
    const { code, readings } = await readJson(at(serial, 1, '--profile', 'eastron-sdm120'));
    // Values of the simulator's image, whose words are typed from the manual's table.
    expect(readings.find(({ point }) => point === 'voltageL1')).toMatchObject({ value: 230.2, quality: 'good' });
    expect(readings.find(({ point }) => point === 'importEnergy')).toMatchObject({
      value: 1234.5,
      unit: 'kWh',
      nameZh: '正向有功电能',
    });
    expect(readings.every(({ quality }) => quality === 'good')).toBe(true);
    expect(code).toBe(0);
  });

  it('explains each request and each reply, and names the registers by their points', async () => {
    const { code, stdout } = await runCli(
      at(serial, 1, '--profile', 'eastron-sdm120', '--points', 'voltageL1', '--wire'),
    );
    expect(stdout).toMatch(/→ 8 bytes\nrequest to unit 1: Read Input Registers/);
    expect(stdout).toMatch(
      /← \d+ bytes, the last [\d.]+ ms after the request began\nreply of unit 1: Read Input Registers/,
    );
    expect(stdout).toMatch(/43 66 +register 0 +17254 \(0x4366\) +voltageL1 \(V\)/);
    expect(stdout).toMatch(/^voltageL1 +电压 +230\.2 +V +good$/m);
    expect(stdout).not.toMatch(/^importEnergy/m);
    expect(code).toBe(0);
  });

  it('writes nothing', async () => {
    const { exchanges } = await readJson(at(tcp, 1, '--profile', 'moxa-iologik-e1210'));
    const functions = exchanges.map(({ request }) => Number.parseInt(request.slice(14, 16), 16));
    expect(functions.length).toBeGreaterThan(0);
    expect(functions.every((fc) => fc >= 1 && fc <= 4)).toBe(true);
  });

  it('reads around registers that the device refuses', async () => {
    const { code, readings, exchanges } = await readJson(at(serial, 4, '--profile', 'chint-dtsu666'));
    expect(exchanges.some(({ received }) => received.startsWith('048302'))).toBe(true);
    expect(readings.find(({ point }) => point === 'voltageL1')).toMatchObject({ quality: 'good' });
    expect(code).toBe(0);
  });

  it('reads a device of the site by its name', async () => {
    const { code, stdout } = await runCli([
      'read',
      'meter',
      '--site',
      siteFile(await freePort()),
      '--points',
      'frequency',
    ]);
    expect(stdout).toMatch(/^meter: Eastron SDM120, unit 1 of meters$/m);
    expect(stdout).toMatch(/^frequency +频率 +50 +Hz +good$/m);
    expect(code).toBe(0);
  });

  it('shows registers as they stand', async () => {
    const { code, stdout } = await runCli(at(serial, 1, '--table', 'input', '--address', '0x48', '--count', '2'));
    expect(stdout).toMatch(/72 {2}0x0048 {2}449A {2}17562 {2}17562 +1150963712 +1234\.5/);
    expect(code).toBe(0);
  });

  it('says that nobody answers, with what was tried', async () => {
    const { code, stdout } = await runCli(at(serial, 9, '--profile', 'eastron-sdm120', '--wire'));
    expect(stdout).toContain('← nothing came back');
    expect(stdout).toMatch(/^voltageL1 .* bad +no answer from unit 9$/m);
    expect(stdout).toMatch(/^serialNumber .* bad +not asked: no answer from unit 9$/m);
    expect(stdout).not.toContain('another model');
    expect(code).toBe(1);
  });

  it('says what a device of another model answers, and asks for all of it', async () => {
    const { code, stdout } = await runCli(at(serial, 4, '--profile', 'eastron-sdm120'));
    expect(stdout).toMatch(/^voltageL1 .* bad +the device answered function 4 with exception 1 \(Illegal Function\)$/m);
    expect(stdout).toMatch(/^totalReactiveEnergy .* bad +the device answered function 4 with exception 1/m);
    expect(stdout).not.toContain('not asked');
    expect(stdout).toContain('the device answers, and has none of this: is it another model?');
    expect(code).toBe(1);
  });

  it('shows the bytes of a damaged reply', async () => {
    serial.behaviour.faults = { badChecksum: 1 };
    const { code, stdout } = await runCli(
      at(serial, 1, '--profile', 'eastron-sdm120', '--points', 'frequency', '--wire'),
    );
    expect(stdout).toMatch(/^crc: its CRC is [0-9a-f]{4} and should be [0-9a-f]{4}/m);
    expect(stdout).toMatch(/^frequency .*the reply of unit 1 is damaged/m);
    expect(code).toBe(1);
  });

  it.each([
    [['read'], 'which device?'],
    [['read', 'meter-lobby-9'], 'did you mean "meter-lobby-1"?'],
    [['read', 'meter-lobby-1', '--unit', '3'], 'leave --unit out'],
    [['read', '--bus', 'modbus-tcp://127.0.0.1:1', '--unit', '1'], 'what is to be read?'],
    [['read', '--bus', 'nowhere', '--unit', '1', '--profile', 'x'], 'there is no bus "nowhere"'],
    [['read', '--bus', 'modbus-tcp://127.0.0.1:1', '--unit', '1', '--profile', 'wb-mcm9'], 'did you mean "wb-mcm8"?'],
    [
      [
        'read',
        '--bus',
        'modbus-tcp://127.0.0.1:1',
        '--unit',
        '1',
        '--table',
        'holding',
        '--address',
        '65535',
        '--count',
        '2',
      ],
      '65535',
    ],
  ])('%j is a usage error', async (args, words) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr).toContain(words);
    expect([code, stdout]).toEqual([2, '']);
  });

  it.each([
    ['modbus-tcp://127.0.0.1:1', 'nothing listens on this port'],
    ['serial:///dev/there-is-none', 'there is no such port'],
  ])('says why %s cannot be opened', async (bus, words) => {
    const { code, stderr } = await runCli(['read', '--bus', bus, '--unit', '1', '--table', 'coil', '--address', '0']);
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
    expect(code).toBe(1);
  });
});

describe('gatehouse read beside a running gateway', () => {
  it('says that another program has the port', async () => {
    const holder = new SerialTransport(pty, { baud: 9600, format: '8N1' });
    await holder.open({ data: () => undefined, closed: () => undefined });
    const { code, stderr } = await runCli(at(serial, 1, '--profile', 'eastron-sdm120'));
    await holder.close();
    expect(stderr).toContain('another program has it open');
    expect(stderr).toContain('a running gateway');
    expect(code).toBe(1);
  });

  /** What `GET /api/v1/buses` answers on a gateway that has the line of `pty` as its bus. */
  async function gatewayWith(state: string): Promise<{ server: Server; port: number }> {
    const bus = { id: 'meters', type: 'serial', place: { path: pty }, state };
    const server = createServer((request, response) => {
      const found = request.url === '/api/v1/buses';
      response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ? { items: [bus] } : {}));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { server, port: (server.address() as AddressInfo).port };
  }

  it.each([
    ['open', 1, 'the gateway is running and has the bus "meters" open'],
    ['closed', 0, ''],
  ])('goes by whether the gateway has the line: %s', async (state, expected, words) => {
    const { server, port } = await gatewayWith(state);
    const site = ['--site', siteFile(port)];
    const byName = await runCli(['read', 'meter', ...site, '--points', 'frequency']);
    const byAddress = await runCli([...at(serial, 1, '--profile', 'eastron-sdm120', '--points', 'frequency'), ...site]);
    server.close();
    expect(byName.stderr).toContain(words);
    expect(byAddress.stderr).toContain(words);
    expect([byName.code, byAddress.code]).toEqual([expected, expected]);
  });
});

describe('gatehouse read and libmodbus', () => {
  let server: Program;
  let bus: string;

  beforeAll(async () => {
    const port = await freePort();
    server = await startLibmodbusServer({ tcpPort: port });
    bus = `modbus-tcp://127.0.0.1:${port}?replyTimeoutMs=300`;
  });

  afterAll(() => server.stop());

  it("reads an input register of libmodbus's unit test", async () => {
    // UT_INPUT_REGISTERS_ADDRESS and UT_INPUT_REGISTERS_TAB of its unit-test.h.
    const { code, stdout, stderr } = await runCli([
      ...['read', '--bus', bus, '--unit', '17', '--table', 'input', '--address', '0x108'],
    ]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/264 {2}0x0108 {2}000A +10 +10$/m);
    expect(code).toBe(0);
  });
});
