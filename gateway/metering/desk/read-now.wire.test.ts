/** A meter is asked on demand, on a line that is busy with others and has dead ones on it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { sdm120 } from '../../../simulators/devices/eastron-sdm120.ts';
import { startSerialLine } from '../../../simulators/wire/serial-line.ts';
import { until } from '../../testing/programs.ts';
import { busOn, createSite } from '../../testing/site.ts';

const closing: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const OTHERS = 12;
const METERS = [
  'number,home,utility,device,point,digits,decimals,installedAt,initial,maxPerHour',
  '000012345678,1-1-101,electricity,meter,importEnergy,6,2,2026-01-01,100.00,1000000',
  '000012345679,1-1-101,electricity,dead,importEnergy,6,2,2026-01-01,100.00,1000000',
].join('\n');

async function start() {
  const meter = sdm120({ id: 'meter', unit: 1 });
  const others = Array.from({ length: OTHERS }, (_, index) => sdm120({ id: `other-${index}`, unit: 10 + index }));
  const line = await startSerialLine({ devices: [meter, ...others], baud: 9600 });
  closing.push(() => line.close());
  meter.set({ importKWh: 100.5 });
  const ofMeter = { bus: 'b', profile: 'eastron-sdm120', poll: { slow: 3_600_000 } };
  const devices = [
    { ...ofMeter, id: 'meter', unit: 1 },
    { ...ofMeter, id: 'dead', unit: 2 },
    ...others.map((_, index) => ({ id: `other-${index}`, bus: 'b', unit: 10 + index, profile: 'eastron-sdm120' })),
  ];
  // The configuration believes in a faster line than there is.
  const poll = { alarm: 1000, fast: 1000, normal: 1000, slow: 1000 };
  const buses = [busOn(line, { id: 'b', type: 'tcp-serial', baud: 115200, turnaroundMs: 2, replyTimeoutMs: 600 })];
  const site = createSite({ buses, devices, poll, meters: ['meters.csv'], homes: 'homes.csv' });
  writeFileSync(join(site.folder, 'meters.csv'), METERS);
  writeFileSync(join(site.folder, 'homes.csv'), 'id,building,unit,room\n1-1-101,1,1,101\n');
  const gateway = await site.start();
  closing.push(() => gateway.stop());
  const bus = () => gateway.field.statistics()[0];
  const post = async (path: string, body: object): Promise<unknown> => {
    const answer = await fetch(`${gateway.apiUrl}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'Li', ...body }),
    });
    return answer.json();
  };
  await until(() => (bus()?.queued ?? 0) >= OTHERS, 'the line to be busy');
  return { meter, bus, post };
}

it('overtakes everything that waits for the line, and stores what is read', async () => {
  const { meter, bus, post } = await start();
  meter.set({ importKWh: 101.25 });
  const before = bus()?.exchanges ?? 0;
  const answer = await post('/meters/000012345678/read', {});
  const asked = (bus()?.exchanges ?? 0) - before;
  expect(answer).toMatchObject({ value: '101.25', quality: 'actual', standing: 'good' });
  expect(asked).toBeLessThan(OTHERS / 2);
});

it('says of each meter of a home what happened: a dead one keeps nobody waiting', async () => {
  const { post } = await start();
  expect(await post('/homes/1-1-101/move', { occasion: 'moveOut', note: 'left' })).toMatchObject({
    meters: [
      { meter: '000012345678', reading: { occasion: 'moveOut' }, trouble: null },
      {
        meter: '000012345679',
        reading: null,
        trouble: { en: expect.stringContaining('no answer from unit 2') as string },
      },
    ],
  });
});
