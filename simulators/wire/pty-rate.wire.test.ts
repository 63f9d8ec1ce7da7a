import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SerialPort } from 'serialport';
import { afterEach, expect, it } from 'vitest';
import { hex } from '../../drivers/bytes/hex.ts';
import { sdm120 } from '../devices/eastron-sdm120.ts';
import { wireRequest } from '../testing/dlt645-frames.ts';
import { ADDRESS, testMeter } from '../testing/dlt645-meters.ts';
import { bytes } from '../testing/hex.ts';
import { until } from '../testing/master.ts';
import { startSerialLine } from './serial-line.ts';

const afterwards: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const each of afterwards.splice(0).reverse()) await each();
});

it('a line that minds the rate lets a device hear only what is sent at its own, also when the rate is changed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'simulators-'));
  afterwards.push(() => rm(folder, { recursive: true }));
  const line = await startSerialLine({
    devices: [testMeter({ wakeUp: 0, serial: { baud: 2_400, format: '8E1' } }).device, sdm120({ id: 's', unit: 7 })],
    pty: join(folder, 'line'),
    mindsRate: true,
  });
  afterwards.push(() => line.close());
  const port = new SerialPort({ path: join(folder, 'line'), baudRate: 9_600, autoOpen: false });
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  afterwards.push(() => new Promise<void>((resolve) => port.close(() => resolve())));
  let heard = '';
  port.on('data', (chunk: Buffer) => (heard += hex(chunk)));

  /** Asks the meter that does not hear this rate, then the one that does. */
  const askBoth = async (requests: readonly string[], count: number): Promise<string> => {
    heard = '';
    for (const [i, request] of requests.entries()) {
      const { statistics } = line.behaviour;
      const before = statistics.requests + statistics.unknownUnits;
      port.write(bytes(request));
      await until(
        () => statistics.requests + statistics.unknownUnits > before,
        5_000,
        () => `request ${i} was not heard`,
      );
    }
    await until(
      () => heard.length >= 2 * count,
      5_000,
      () => heard || 'silence',
    );
    return heard;
  };
  const energy = wireRequest(ADDRESS, '11', '00000100');
  const voltage = '07 04 00 00 00 02 71 AD';

  expect(await askBoth([energy, voltage], 9)).toMatch(/^070404.{12}$/);
  await new Promise<void>((resolve, reject) =>
    port.update({ baudRate: 2_400 }, (error) => (error ? reject(error) : resolve())),
  );
  expect(await askBoth([voltage, energy], 20)).toMatch(/^68.{36}16$/);
  expect(line.behaviour.statistics).toMatchObject({ requests: 2, unknownUnits: 2, discardedBytes: 0 });
});
