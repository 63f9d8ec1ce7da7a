/** How long a monitoring station does not know yet: of single alarms, and of fires in an avalanche. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { median, percentile } from '../measure/percentile.ts';
import { sleep } from '../measure/time.ts';
import { startGateway } from '../processes/gateway.ts';
import { startPeer, type Peer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import { createSite, type SiteSketch } from '../processes/site.ts';
import type { ModulesProgram, Press } from '../programs/modules.ts';
import type { StationReceiverProgram, ToldAlarm } from '../programs/station-receiver.ts';

const MODULES = 32;
const CHANNELS = 16;
const POLL_MS = 500;
const SETTLE_MS = 3_000;
const SINGLE = { presses: 100, everyMs: 300 };
/** As fast as the modules can be pressed: within about a second. */
const AVALANCHE = { presses: 500, everyMs: 0 };
/** One button in so many is a fire. */
const FIRE_EVERY = 10;
const GOAL = { p95Ms: 2_000, longestMs: 10_000 };
/** A fire lasts for 10 s more (`offDelayMs`), and is no new alarm before it is over. */
const OVER_MS = 12_000;
/** What has not come by then counts as lost. */
const PATIENCE_MS = 60_000;
const KEY = '000102030405060708090A0B0C0D0E0F';
const CODES = { fire: 'FA', other: 'PA' };

/** In the order in which the modules are pressed: module by module, then the next channel. From 1: 0 is no number of a source. */
function zoneOf({ module, channel }: Pick<Press, 'module' | 'channel'>): number {
  return channel * MODULES + module + 1;
}

function isFire(zone: number): boolean {
  return zone % FIRE_EVERY === 0;
}

function sketch(addresses: ModulesProgram['ready'], stationPort: number): SiteSketch {
  const contacts = (module: number) =>
    Array.from({ length: CHANNELS }, (_, channel) => ({ channel, zone: zoneOf({ module, channel }) }));
  const all = addresses.flatMap((_, module) => contacts(module));
  return {
    equipment: all.map(({ zone }) => ({ id: `place-${zone}`, nameZh: `${zone}号`, kind: 'other' })),
    buses: addresses.map((address, i) => ({ id: `b${i}`, type: 'modbus-tcp', ...address })),
    devices: addresses.map((_, i) => ({
      ...{ id: `io${i}`, bus: `b${i}`, unit: 1, profile: 'moxa-iologik-e1210' },
      inputs: contacts(i).map(({ channel, zone }) => {
        return { channel, source: `place-${zone}`, alarm: isFire(zone) ? 'fire.alarm' : 'home.sos' };
      }),
    })),
    poll: { alarm: POLL_MS },
    monitoringStation: {
      account: 'A1B2C3',
      receivers: [{ host: '127.0.0.1', port: stationPort }],
      keyFile: 'station.key',
      zones: Object.fromEntries(all.map(({ zone }) => [`place-${zone}`, zone])),
    },
  };
}

interface Waits {
  readonly fires: readonly number[];
  readonly others: readonly number[];
  readonly lost: number;
}

/** From each edge to the first acknowledgement after it. */
function waitsOf(presses: readonly Press[], told: readonly ToldAlarm[]): Waits {
  const waits = presses.map((press) => {
    const zone = zoneOf(press);
    const after = told.filter((alarm) => alarm.zone === zone && alarm.at >= press.at);
    return { zone, ms: after.length === 0 ? null : Math.min(...after.map(({ at }) => at - press.at)) };
  });
  const known = waits.flatMap(({ zone, ms }) => (ms === null ? [] : [{ zone, ms }]));
  return {
    fires: known.filter(({ zone }) => isFire(zone)).map(({ ms }) => ms),
    others: known.filter(({ zone }) => !isFire(zone)).map(({ ms }) => ms),
    lost: waits.length - known.length,
  };
}

/** Presses, and waits until the station knows of everything or nothing more can be hoped for. */
async function told(
  modules: Peer<ModulesProgram>,
  station: Peer<StationReceiverProgram>,
  question: ModulesProgram['question'],
): Promise<Waits> {
  const presses = await modules.ask(question);
  for (const end = performance.now() + PATIENCE_MS; ;) {
    const waits = waitsOf(presses, await station.ask(null));
    if (waits.lost === 0 || performance.now() > end) return waits;
    await sleep(POLL_MS);
  }
}

function measure({ quick, say }: RunOptions) {
  return scoped(async (own) => {
    const modules = own(await startPeer<ModulesProgram>('modules', { modules: MODULES }, 'undisturbed'));
    const settings = { codes: Object.values(CODES), key: KEY };
    const station = own(await startPeer<StationReceiverProgram>('station-receiver', settings, 'undisturbed'));
    const site = await createSite(sketch(modules.ready, station.ready.port));
    writeFileSync(join(site.folder, 'station.key'), `${KEY}\n`);
    own(await startGateway(site, { scheduling: 'undisturbed' }));
    await sleep(SETTLE_MS);
    const single = { ...SINGLE, presses: quick ? 20 : SINGLE.presses };
    say(`${single.presses} alarms, one after the other`);
    const spread = await told(modules, station, single);
    await sleep(OVER_MS);
    say(`${AVALANCHE.presses} at once`);
    const avalanche = await told(modules, station, AVALANCHE);
    return { spread, avalanche };
  });
}

async function run(options: RunOptions) {
  const { spread, avalanche } = await measure(options);
  const singles = [...spread.fires, ...spread.others];
  const all = [...singles, ...avalanche.fires, ...avalanche.others];
  const lost = spread.lost + avalanche.lost;
  const p95 = (what: string, waits: readonly number[]) => {
    return { what, unit: 'ms', measured: percentile(waits, 0.95), reference: { what: 'goal', value: GOAL.p95Ms } };
  };
  const { fires, others } = avalanche;
  const figures = [
    { what: 'alarms that the station never acknowledged', unit: 'alarms', measured: lost },
    {
      what: 'single alarms: edge to acknowledgement, median',
      ...{ unit: 'ms', measured: median(singles), reference: { what: 'half a poll interval', value: POLL_MS / 2 } },
    },
    p95('the same, p95', singles),
    p95(`${fires.length} fires among ${AVALANCHE.presses} at once, p95`, fires),
    { what: 'the same, longest', unit: 'ms', measured: Math.max(...fires) },
    { what: 'the others of the avalanche, median', unit: 'ms', measured: median(others) },
    {
      what: 'the longest of all',
      ...{ unit: 'ms', measured: Math.max(...all), reference: { what: 'goal', value: GOAL.longestMs } },
    },
  ];
  const isSoon = [singles, fires].every((waits) => percentile(waits, 0.95) <= GOAL.p95Ms);
  const isMet = lost === 0 && isSoon && Math.max(...all) <= GOAL.longestMs;
  return { figures, verdict: isMet ? ('met' as const) : ('missed' as const) };
}

export const alarmStation: Benchmark = {
  name: 'alarm-station',
  goal: 'A contact’s edge to the acknowledgement of a monitoring station (SIA DC-09), fire first: p95 ≤ 2 s for single alarms and for fires in an avalanche, and none later than 10 s.',
  method:
    '32 simulated 16-channel input modules over Modbus TCP, polled every 500 ms; every contact is an alarm of its own, one in ten of fire, the others panic buttons, which are of the same priority. 100 presses of 120 ms, one after the other, then 500 within about a second; each is a message when it begins and one when it is over. ' +
    'The time runs from the contact’s edge to the moment at which the receiver of the simulators, over TCP and with AES-128, has answered with ACK: an alarm is reported from its row on the disk, and the next one is sent when the acknowledgement of the one before is on the disk too.',
  run,
};
