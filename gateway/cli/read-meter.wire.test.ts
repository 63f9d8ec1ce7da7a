/** `read` of an electricity meter by the address on its plate, against a simulated one on a pseudo-terminal. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dlt645Meter } from '../../simulators/dlt645/meter.ts';
import { localMs } from '../../simulators/metering/local-time.ts';
import { MeterClock } from '../../simulators/metering/meter-clock.ts';
import { createRegister } from '../../simulators/metering/register.ts';
import { startSerialLine } from '../../simulators/wire/serial-line.ts';
import type { Line } from '../../simulators/wire/line.ts';
import { runCli } from './testing/run-cli.ts';

const ADDRESS = '000006605518';
const folder = mkdtempSync(join(tmpdir(), 'gatehouse-read-meter-'));
const pty = join(folder, 'meters');
const NOW = localMs(2026, 11, 2);
let line: Line;

beforeAll(async () => {
  const drawn = (local: number): readonly number[] => [local <= NOW ? 0 : 1_500];
  const meter = dlt645Meter({
    id: 'm',
    address: ADDRESS,
    time: { local: () => NOW + 3_600_000, monotonic: () => 0 },
    clock: new MeterClock({ since: localMs(2026, 1, 1), aheadMs: 0 }),
    register: createRegister({ drawn, initial: [1_234_500], modulus: 1e9 }),
    replyDelayMs: 5,
  });
  line = await startSerialLine({ devices: [meter], baud: 2400, format: '8E1', pty });
});

afterAll(async () => {
  await line.close();
  rmSync(folder, { recursive: true });
});

const read = (meter: string, ...more: string[]) => {
  const bus = `serial://${pty}?baud=2400&format=8E1&replyTimeoutMs=500`;
  return runCli(['read', '--bus', bus, '--meter', meter, '--profile', 'dlt645-single-phase', ...more]);
};

it('shows the register as the dial does, what was kept and when, and the bytes explained', async () => {
  const { code, stdout } = await read(ADDRESS, '--points', 'importEnergy,settlementImportEnergy1', '--wire');
  expect(code).toBe(0);
  expect(stdout).toMatch(/importEnergy .* 1236\.00 +kWh +good\n/);
  expect(stdout).toMatch(/settlementImportEnergy1 .* 1234\.50 +kWh +good +kept at 2026-11-01T00:00:00\n/);
  expect(stdout).toContain('reply of 000006605518: read');
  expect(stdout).toContain('forward active energy, by tariff');
});

it('says in JSON what billing takes', async () => {
  const { stdout } = await read(ADDRESS, '--points', 'importEnergy,dailyImportEnergy1', '--json');
  expect(JSON.parse(stdout)).toMatchObject({
    address: ADDRESS,
    readings: [
      { point: 'importEnergy', value: 1236, exact: '1236.00', quality: 'good' },
      { point: 'dailyImportEnergy1', exact: '1234.50', meterTime: '2026-11-02T00:00:00' },
    ],
  });
});

it('says that a meter is not there, and what is wrong with an address', async () => {
  const silent = await read('000006605519', '--points', 'importEnergy', '--no-wire');
  expect(silent.code).toBe(1);
  expect(silent.stdout).toContain('no answer from meter 000006605519, neither in DL/T 645-2007 nor in -1997');
  const { code, stderr } = await read('6605518');
  expect(code).toBe(2);
  expect(stderr).toContain('"000006605518", if it is zeros at its start that are lost');
});
