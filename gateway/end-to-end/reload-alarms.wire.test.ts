/** Rules of alarms that go and come back while the gateway runs: what is still the matter is an alarm again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { freePort, until } from '../testing/programs.ts';
import { newSite } from './testing/site.ts';

const PATH_DOWN = 'monitoring-station--station-pathDown';

it('no way to the monitoring station, whose type the rules lose and have again', async () => {
  const [bus, receiver] = [await freePort(), await freePort()];
  const site = newSite({
    buses: [{ id: 'b', type: 'modbus-tcp', host: '127.0.0.1', port: bus }],
    devices: [],
    monitoringStation: { account: 'A1B2C3', receivers: [{ host: '127.0.0.1', port: receiver }] },
  });
  const file = join(site.folder, 'alarms.yaml');
  const atOnce = (rules: string) =>
    rules
      .replace(/(?<=station\.pathDown:[^]*?onDelayMs: )30000/, '0')
      .replace(/(?<=pathDown:[^]*?offDelayMs: )10000/, '0');
  const rules = atOnce(readFileSync(file, 'utf8'));
  writeFileSync(file, rules);
  const gateway = await site.start();
  onTestFinished(() => gateway.stop());
  const shows = (letter: string) => until(() => gateway.store.alarms.get(PATH_DOWN)?.letter === letter, letter);
  await shows('B');
  writeFileSync(file, rules.replace('  station.pathDown:', '  station.other:'));
  await gateway.reload();
  await shows('D');
  writeFileSync(file, rules);
  await gateway.reload();
  await shows('B');
  expect(gateway.store.alarms.get(PATH_DOWN)).toMatchObject({ count: 2 });
});
