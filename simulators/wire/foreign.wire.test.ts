/** Masters that others have written read the simulators and find the values of the manuals. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { adam6050 } from '../devices/advantech-adam-6050.ts';
import { sdm120 } from '../devices/eastron-sdm120.ts';
import { sdm630 } from '../devices/eastron-sdm630.ts';
import { gateController } from '../devices/gate-controller.ts';
import { goodrive } from '../devices/invt-goodrive.ts';
import { moxaE1210 } from '../devices/moxa-iologik-e1210.ts';
import { iem3000 } from '../devices/schneider-iem3000.ts';
import { wbMcm8 } from '../devices/wb-mcm8.ts';
import { mbpoll, pymodbus } from '../testing/foreign.ts';
import { portOf } from '../testing/master.ts';
import type { Line } from './line.ts';
import { startSerialLine } from './serial-line.ts';
import { startTcpServer } from './tcp-server.ts';

const moxa = moxaE1210({ id: 'moxa', unit: 1 });
const adam = adam6050({ id: 'adam', unit: 2 });
const meter = iem3000({ id: 'meter', unit: 3 });
const water = wbMcm8({ id: 'water', unit: 5 });
const gate = gateController({ id: 'gate', unit: 7, travelMs: 500 });
const serial = [
  sdm120({ id: 'm1', unit: 1 }),
  sdm630({ id: 'm2', unit: 2 }),
  water,
  gate,
  goodrive({ id: 'd', unit: 12 }),
];

let folder = '';
let tcp: Line;
let line: Line;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'simulators-'));
  tcp = await startTcpServer({ devices: [moxa, adam, meter] });
  line = await startSerialLine({ devices: serial, pty: join(folder, 'line') });
  const now = performance.now();
  moxa.contacts.set(3, true, now);
  moxa.contacts.set(15, true, now);
  adam.contacts.set(5, true, now);
  water.setCount(2, 1_234_567);
});
afterAll(async () => {
  await line.close();
  await tcp.close();
  await rm(folder, { recursive: true });
});

const overTcp = (...args: string[]) => mbpoll(['-m', 'tcp', '-p', String(portOf(tcp)), ...args, '127.0.0.1']);
const overPty = (...args: string[]) => mbpoll(['-m', 'rtu', '-b', '9600', '-P', 'none', ...args, join(folder, 'line')]);

describe('mbpoll over TCP', () => {
  it('reads the inputs of the ioLogik: 3 and 15 are closed', async () => {
    const inputs = await overTcp('-a', '1', '-t', '1', '-r', '0', '-c', '16');
    expect([...inputs].filter(([, value]) => value === 1).map(([input]) => input)).toEqual([3, 15]);
  });

  it('reads them as one word, 8008', async () => {
    expect(await overTcp('-a', '1', '-t', '3', '-r', '48', '-c', '1')).toEqual(new Map([[48, 0x8008]]));
  });

  it('reads the inputs of the ADAM as coils', async () => {
    const coils = await overTcp('-a', '2', '-t', '0', '-r', '0', '-c', '12');
    expect([...coils].filter(([, value]) => value === 1).map(([coil]) => coil)).toEqual([5]);
  });

  it('reads a current of the iEM3000: 21.5 A', async () => {
    expect(await overTcp('-a', '3', '-t', '4:float', '-B', '-r', '2999', '-c', '1')).toEqual(new Map([[2999, 21.5]]));
  });
});

describe('mbpoll over a pseudo-terminal', () => {
  it('reads the SDM120: 230.2 V, 50 Hz, 1234.5 kWh', async () => {
    const read = (reference: string) => overPty('-a', '1', '-t', '3:float', '-B', '-r', reference, '-c', '1');
    expect(await read('0')).toEqual(new Map([[0, 230.2]]));
    expect(await read('70')).toEqual(new Map([[70, 50]]));
    expect(await read('72')).toEqual(new Map([[72, 1234.5]]));
  });

  it('reads three voltages of the SDM630 in one request', async () => {
    const volts = await overPty('-a', '2', '-t', '3:float', '-B', '-r', '0', '-c', '3');
    expect([...volts.values()]).toEqual([230.2, 231.5, 229]);
  });

  it('reads a counter of the WB-MCM8', async () => {
    expect(await overPty('-a', '5', '-t', '3:int', '-B', '-r', '64', '-c', '1')).toEqual(new Map([[64, 1_234_567]]));
  });

  it('is told about an address that the device does not have', async () => {
    await expect(overPty('-a', '12', '-t', '4', '-r', '8', '-c', '1')).rejects.toThrow('Illegal data address');
  });
});

describe('pymodbus', () => {
  it('over TCP: starts a counter, sees it count, clears it, and is refused a clearing with 0', async () => {
    moxa.contacts.press(3, 50, performance.now());
    const result = await pymodbus<Record<string, unknown>>(`ModbusTcpClient('127.0.0.1', port=${portOf(tcp)})`, [
      "result['started'] = not client.write_coil(0x0107, True, **unit(1)).isError()",
      "result['count'] = client.read_input_registers(0x0010 + 14, count=2, **unit(1)).registers",
      "result['clear0'] = client.write_coil(0x0117, False, **unit(1)).exception_code",
      "result['clear1'] = not client.write_coil(0x0117, True, **unit(1)).isError()",
      "result['wh'] = struct.unpack('>q', struct.pack('>4H', *client.read_holding_registers(0x0C83, count=4, **unit(3)).registers))[0]",
      "result['none'] = client.read_holding_registers(0x0C00, count=1, **unit(3)).exception_code",
    ]);
    expect(result).toEqual({
      started: true,
      count: [0, 0],
      clear0: 3,
      clear1: true,
      wh: 9_876_543_210,
      none: 2,
    });
  });

  it('over a pseudo-terminal: opens the barrier and reads 1, then 9', async () => {
    const client = `ModbusSerialClient(port='${join(folder, 'line')}', **rtu, baudrate=9600, parity='N', timeout=2)`;
    const result = await pymodbus<{ status: number[]; float: number }>(client, [
      'import time',
      "result['float'] = struct.unpack('>f', struct.pack('>2H', *client.read_input_registers(0x0006, count=2, **unit(1)).registers))[0]",
      'status = lambda: client.read_holding_registers(0x2002, count=1, **unit(7)).registers[0]',
      "result['status'] = [status()]",
      'assert not client.write_coil(0x0004, True, **unit(7)).isError()',
      "result['status'].append(status())",
      'time.sleep(0.8)',
      "result['status'].append(status())",
    ]);
    expect(result).toEqual({ float: 1.5, status: [10, 1, 9] });
  });
});
