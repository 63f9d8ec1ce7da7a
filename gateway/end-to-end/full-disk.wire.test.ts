/** A store without room: readings stop and say so, alarms go on as long as there is any way, and nothing that counts is lost. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { pressureTransmitter } from '../../simulators/devices/pressure-transmitter.ts';
import { startTcpServer } from '../../simulators/wire/tcp-server.ts';
import { until } from '../testing/programs.ts';
import { busOn } from '../testing/site.ts';
import { newChance } from './testing/chance.ts';
import { Consumer } from './testing/consumer.ts';
import { expectSound } from './testing/expectations.ts';
import { GatewayProcess } from './testing/gateway-process.ts';
import { Guard } from './testing/guard.ts';
import { liftButtons } from './testing/lift-buttons.ts';
import { countEdges } from './testing/presses.ts';
import { newSite, PREFIX } from './testing/site.ts';
import { canMount, cappedFile, realDisk, type SmallDisk } from './testing/small-disk.ts';
import { countPulses, readNumbers, readStored } from './testing/stored.ts';

interface Health {
  readonly http: number;
  readonly words: string;
}

/** Sixteen buttons, and a pressure that never rests. */
async function busySite(diskIn: (folder: string) => SmallDisk) {
  const random = newChance();
  const buttons = await liftButtons(random);
  const transmitter = pressureTransmitter({ id: 'pressure', unit: 1 });
  const line = await startTcpServer({ devices: [transmitter] });
  onTestFinished(() => line.close());
  const timer = setInterval(() => transmitter.setPressureMPa(Math.round(Math.random() * 900) / 1_000), 20);
  onTestFinished(() => clearInterval(timer));
  const site = newSite(buttons.sketch());
  const disk = diskIn(site.folder);
  const { buses, devices, ...rest } = buttons.sketch();
  site.write({
    ...rest,
    buses: [...buses, busOn(line, { id: 'pumps', type: 'modbus-tcp', turnaroundMs: 4 })],
    devices: [...devices, { id: 'pressure', bus: 'pumps', unit: 1, profile: 'pressure-transmitter' }],
    poll: { alarm: 50, fast: 50, slow: 1_000 },
    store: disk.store,
  });
  return { ...buttons, random, site, disk, file: disk.store.file };
}

/** What the gateway says of its store. */
async function health(gateway: GatewayProcess): Promise<Health> {
  const { apiUrl } = await gateway.ready;
  const response = await fetch(`${apiUrl}/api/v1/health`);
  const { checks } = (await response.json()) as { checks: readonly { name: string; words: string }[] };
  return { http: response.status, words: checks.find(({ name }) => name === 'store')?.words ?? '' };
}

/** Waits until the gateway's word of its store holds. */
async function untilHealth(gateway: GatewayProcess, holds: (health: Health) => boolean, what: string): Promise<void> {
  const latest: { health?: Health } = {};
  const timer = setInterval(() => {
    void health(gateway).then((seen) => (latest.health = seen), () => undefined); // prettier-ignore
  }, 100);
  try {
    await until(() => latest.health && holds(latest.health), what, 30_000);
  } finally {
    clearInterval(timer);
  }
}

const isFull = ({ http, words }: Health): boolean => http === 503 && words.includes('full');

const AGAIN = 'the store can be written again';
/** The gateway looks for room every 10 s. */
const LONGER_THAN_A_LOOK_MS = 12_000;

/** Whether the alarm of the store is active; undefined where there was none yet. */
function isAlarm(file: string): boolean | undefined {
  return readStored(file).alarms.find(({ type }) => type === 'store.trouble')?.active;
}

type World = Awaited<ReturnType<typeof busySite>>;

/** Some more presses, to the last button released. */
async function pressOn({ presses }: World, more = 30): Promise<void> {
  const enough = presses.count + more;
  presses.start();
  await until(() => presses.count >= enough, 'presses');
  await presses.stop();
}

/** Whether the values of the pressure still arrive in the store. */
async function pressureMoves(file: string): Promise<void> {
  const before = readNumbers(file, 'pressure').get('pressure');
  await until(() => readNumbers(file, 'pressure').get('pressure') !== before, 'the pressure to move', 30_000);
}

/** `staysFullMs`: for how long only the reserve is there. */
async function playFull(world: World, staysFullMs = 0): Promise<void> {
  const { random, site, disk, file, ledger, presses, requests, hasCounted } = world;
  const gateway = new GatewayProcess(site.siteFile);
  const consumer = new Consumer((await gateway.ready).mqttUrl, PREFIX);
  const guard = new Guard(consumer, PREFIX, random);
  await until(() => hasCounted(file), 'every counter to be known', 30_000);
  await pressureMoves(file);
  await pressOn(world);

  disk.fill();
  presses.start();
  await untilHealth(gateway, isFull, 'the gateway to say that its store is full');
  await presses.stop();
  disk.fillAgain();
  await until(() => isAlarm(file) === true, 'the alarm of the store, from the reserve', 30_000);
  const pressure = readNumbers(file, 'pressure').get('pressure');
  await new Promise((resolve) => setTimeout(resolve, staysFullMs));
  await pressOn(world);
  await until(() => hasCounted(file), 'the presses to be stored from the reserve', 30_000);
  expect(readNumbers(file, 'pressure').get('pressure')).toBe(pressure);
  expect(gateway.log().filter(({ msg }) => msg === AGAIN)).toEqual([]);

  disk.exhaust();
  await pressOn(world, 100);
  const asked = requests();
  await until(() => requests() > asked + 20, 'the module to be read on');
  expect([isFull(await health(gateway)), hasCounted(file)]).toEqual([true, false]);

  disk.clear();
  await until(() => hasCounted(file), 'the presses that waited to be stored', 30_000);
  await untilHealth(gateway, ({ http }) => http === 200, 'the gateway to say that it can write');
  await until(() => isAlarm(file) === false, 'the end of the alarm of the store', 30_000);
  await pressureMoves(file);
  await pressOn(world);
  await until(() => hasCounted(file), 'the last presses to be stored', 30_000);
  guard.stop();
  await gateway.stop();
  expectSound({ file, ledger, consumer, guard });
  const { gaps } = readStored(file);
  expect(gaps.length).toBeGreaterThan(0);
  for (const { readings } of gaps) expect(readings).toBeGreaterThan(0);
}

describe('a store that has reached its cap', () => {
  it('keeps every press, says that it is full, leaves a record of the gap, and goes on once there is room', async () => {
    await playFull(await busySite(cappedFile));
  }, 120_000);
});

const MOUNTABLE = canMount();
const WITHOUT = MOUNTABLE ? '' : ' (not tried: this user may not mount one)';

describe.skipIf(!MOUNTABLE)(`a disk that another program has filled${WITHOUT}`, () => {
  it('keeps every press, says that it is full, leaves a record of the gap, and goes on once there is room', async () => {
    await playFull(await busySite(realDisk), LONGER_THAN_A_LOOK_MS);
  }, 120_000);

  it('does not keep the gateway from starting, nor alarms from being stored before readings', async () => {
    const world = await busySite(realDisk);
    const { site, disk, file, hasCounted } = world;
    const before = new GatewayProcess(site.siteFile);
    await before.ready;
    await until(() => hasCounted(file), 'every counter to be known', 30_000);
    await before.stop();
    disk.fill();
    const after = new GatewayProcess(site.siteFile);
    await after.ready;
    await pressOn(world);
    await until(() => hasCounted(file), 'the presses to be stored from the reserve', 30_000);
    const pressure = readNumbers(file, 'pressure').get('pressure');
    // More than a log of the usual length would leave room for.
    await pressOn(world, 250);
    await until(() => hasCounted(file), 'many more presses to be stored from the reserve', 30_000);
    expect(isFull(await health(after))).toBe(true);
    expect(readNumbers(file, 'pressure').get('pressure')).toBe(pressure);
    await after.stop();
    expect(countPulses(readStored(file).events)).toEqual(countEdges(world.ledger));
  }, 60_000);

  it('does not keep the gateway from starting when the reserve is used up, and it goes on once there is room', async () => {
    const world = await busySite(realDisk);
    const { site, disk, file, hasCounted } = world;
    const before = new GatewayProcess(site.siteFile);
    await before.ready;
    await until(() => hasCounted(file), 'every counter to be known', 30_000);
    disk.fill();
    await pressOn(world);
    await untilHealth(before, isFull, 'the gateway to say that its store is full');
    disk.exhaust();
    await before.kill();
    const after = new GatewayProcess(site.siteFile);
    await after.ready;
    await pressOn(world);
    expect(isFull(await health(after))).toBe(true);
    disk.clear();
    await until(() => hasCounted(file), 'the presses that waited to be stored', 30_000);
    await untilHealth(after, ({ http }) => http === 200, 'the gateway to say that it can write');
    await after.stop();
    expect(countPulses(readStored(file).events)).toEqual(countEdges(world.ledger));
  }, 60_000);
});
