/** `read` of an M-Bus meter: what it says, and its bytes in the words of its own protocol. */
import { expect, it, onTestFinished } from 'vitest';
import { startSlaves } from '../../drivers/mbus/testing/slave-server.ts';
import { runCli } from './testing/run-cli.ts';

const HEAT = {
  primary: 5,
  id: '11112222',
  medium: '04',
  telegrams: ['04 06 b8220000 1f', '44 06 10200000 42 6c 9f1c'],
};

async function read(...more: string[]) {
  const server = await startSlaves([HEAT]);
  onTestFinished(server.close);
  const bus = `tcp-serial://127.0.0.1:${server.port}?baud=2400&format=8E1`;
  return runCli(['read', '--bus', bus, '--profile', 'mbus-heat', ...more]);
}

it('explains each request and reply, and gives the registers with their moments', async () => {
  const { stdout } = await read('--meter', '5', '--wire');
  expect(stdout).toContain('SND_NKE to 5: resets the link');
  expect(stdout).toContain('RSP_UD of 5');
  expect(stdout).toMatch(/heatEnergy +累积热量 +8888 +kWh +good/);
  expect(stdout).toMatch(/settlementHeatEnergy1 +上一结算日累积热量 +8208 +kWh +good +kept at 2013-01-01T00:00:00/);
});

it('reads by secondary address, and only the points that are wanted', async () => {
  const { stdout } = await read('--meter', '11112222-KAM-01-04', '--points', 'heatEnergy', '--json');
  const { readings, exchanges } = JSON.parse(stdout) as { readings: unknown[]; exchanges: unknown[] };
  expect(readings).toMatchObject([{ point: 'heatEnergy', exact: '8888', quality: 'good' }]);
  expect(exchanges).toMatchObject([
    {
      entries: [
        {
          fields: { meaning: 'select secondary address ID 11112222, manufacturer KAM, version 1, medium Heat: Outlet' },
        },
        { ok: true },
      ],
    },
    { entries: [{ ok: true }, { ok: true }] },
    { entries: [{ ok: true }, { ok: true }] },
  ]);
});

it('says what is wrong with an address', async () => {
  const { code, stderr } = await read('--meter', '1112222');
  expect(code).not.toBe(0);
  expect(stderr).toContain('"1112222" has 7 digits: an identification number has eight');
});
