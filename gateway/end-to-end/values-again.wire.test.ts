/** A value that has changed while the store could not take it, and rests since: it is stored and told once there is room. */
import { expect, it, onTestFinished } from 'vitest';
import { pressureTransmitter } from '../../simulators/devices/pressure-transmitter.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { until } from '../testing/programs.ts';
import { busOn } from '../testing/site.ts';
import { newChance } from './testing/chance.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { liftButtons } from './testing/lift-buttons.ts';
import { newSite } from './testing/site.ts';
import { cappedFile } from './testing/small-disk.ts';
import { readNumbers } from './testing/stored.ts';

const BEFORE_MPA = 0.1;
const MEANWHILE_MPA = 0.25;

/** A pressure that rests, and buttons whose presses fill up what room a store has. */
async function restingPressure() {
  const transmitter = pressureTransmitter({ id: 'pressure', unit: 1 });
  transmitter.setPressureMPa(BEFORE_MPA);
  const line = await startTcpServer({ devices: [transmitter] });
  onTestFinished(() => line.close());
  const { presses, sketch } = await liftButtons(newChance());
  const { buses, devices, ...rest } = sketch();
  const site = newSite(sketch());
  const disk = cappedFile(site.folder);
  site.write({
    ...rest,
    buses: [...buses, busOn(line, { id: 'b', type: 'modbus-tcp' })],
    devices: [...devices, { id: 'pressure', bus: 'b', unit: 1, profile: 'pressure-transmitter' }],
    poll: { alarm: 50, fast: 50, normal: 50, slow: 50 },
    store: disk.store,
  });
  const polls = async (more: number): Promise<void> => {
    const enough = line.behaviour.statistics.requests + more;
    await until(() => line.behaviour.statistics.requests >= enough, `${more} more polls`);
  };
  return { site, disk, presses, polls, set: (mpa: number) => transmitter.setPressureMPa(mpa) };
}

it('is stored although it has not changed since', async () => {
  const { site, disk, presses, polls, set } = await restingPressure();
  const gateway = new GatewayProcess(site.siteFile);
  await gateway.ready;
  const stored = (): unknown => readNumbers(disk.store.file, 'pressure').get('pressure');
  const said = (words: string): boolean => gateway.log().some(({ msg }) => String(msg).includes(words));
  await until(() => stored() === BEFORE_MPA, 'the first pressure');
  disk.fill();
  presses.start();
  await until(() => said('the store is full'), 'the gateway to say that its store is full');
  await presses.stop();
  set(MEANWHILE_MPA);
  await polls(10);
  expect(stored()).toBe(BEFORE_MPA);
  disk.clear();
  await until(() => said('the store can be written again'), 'the gateway to find that there is room', 20_000);
  await until(() => stored() === MEANWHILE_MPA, 'the pressure that was told again');
  await gateway.stop();
}, 60_000);
