/** A module that gets new settings again and again while people press the buttons behind it: each press counts once. */
import { expect, it } from 'vitest';
import { until } from '../testing/programs.ts';
import { newChance } from './testing/chance.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { liftButtons } from './testing/lift-buttons.ts';
import { countEdges } from './testing/presses.ts';
import { newSite } from './testing/site.ts';
import { countPulses, readStored } from './testing/stored.ts';

const RELOADS = 20;

it(`keeps every press, once, through ${RELOADS} reloads of the module that counts it`, async () => {
  const { presses, ledger, sketch, hasCounted } = await liftButtons(newChance());
  const site = newSite(sketch());
  const gateway = new GatewayProcess(site.siteFile);
  await gateway.ready;
  await until(() => hasCounted(site.storeFile), 'every counter to be known', 30_000);
  presses.start();
  for (let n = 1; n <= RELOADS; n += 1) {
    site.write(sketch({ poll: { alarm: 50 + n } }));
    await gateway.reload();
    const pressed = presses.count + 5;
    await until(() => presses.count >= pressed, 'some presses');
  }
  await presses.stop();
  await until(() => hasCounted(site.storeFile), 'the last press to be counted', 30_000);
  await gateway.stop();
  expect(gateway.log().filter(({ msg }) => msg === 'configuration applied')).toHaveLength(RELOADS);
  expect(countPulses(readStored(site.storeFile).events)).toEqual(countEdges(ledger));
}, 120_000);

it('keeps every press of contacts that are named only while their module is polled already', async () => {
  const { presses, ledger, sketch, hasCounted } = await liftButtons(newChance());
  const site = newSite(sketch({ inputs: [], alarms: {} }));
  const gateway = new GatewayProcess(site.siteFile);
  await gateway.ready;
  await until(() => hasCounted(site.storeFile), 'every counter to be known', 30_000);
  site.write(sketch());
  await gateway.reload();
  presses.start();
  await until(() => presses.count >= 5, 'some presses');
  await presses.stop();
  await until(() => hasCounted(site.storeFile), 'the last press to be counted', 30_000);
  await gateway.stop();
  expect(countPulses(readStored(site.storeFile).events)).toEqual(countEdges(ledger));
}, 60_000);
