/** What the control room sees when everything happens at once: nothing is lost, and it is soon told. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { median, percentile } from '../measure/percentile.ts';
import { coresUsed, usageOf } from '../measure/process-usage.ts';
import { sharedNow, sleep } from '../measure/time.ts';
import { startGateway, type GatewayProcess } from '../processes/gateway.ts';
import { METER_PROFILE, meterProfile } from '../processes/meter-profile.ts';
import { startPeer, type Peer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import { createSite, type BenchSite } from '../processes/site.ts';
import type { AlarmConsumerProgram } from '../programs/alarm-consumer.ts';
import type { AlarmWordsProgram, Rises } from '../programs/alarm-words.ts';

const DEVICES = 100;
const WORDS = 100;
const PER_SECOND = 500;
const STORM_S = 600;
const AVALANCHE = 5_000;
const POLL_MS = 500;
const SETTLE_MS = 5_000;
const GOAL = { toldP99Ms: 1_000, refreshMs: 1_000, restartMs: 5_000 };
const TYPE = 'bench.level';

interface House {
  readonly site: BenchSite;
  readonly words: Peer<AlarmWordsProgram>;
  readonly consumer: Peer<AlarmConsumerProgram>;
}

/** One rule a register: each is an alarm of its own. */
const ALARMS = {
  types: {
    [TYPE]: {
      ...{ nameZh: '基准', nameEn: 'Bench', guidanceZh: '无' },
      ...{ priority: 3, onDelayMs: 0, offDelayMs: 0, latching: false },
    },
  },
  points: Array.from({ length: WORDS }, (_, i) => {
    return { type: TYPE, profile: METER_PROFILE, point: `w${i}`, is: 1, channel: `w${i}` };
  }),
};

function keyOf(device: number, word: number): string {
  return `m${device}--${TYPE.replace('.', '-')}--w${word}`;
}

/** From each rise since then to its raise at the consumer, in milliseconds; null where it never came. */
function waitsOf(rises: Rises, raises: Readonly<Record<string, readonly number[]>>, since: number): (number | null)[] {
  return rises.flatMap((words, device) =>
    words.flatMap((times, word) => {
      const told = raises[keyOf(device, word)] ?? [];
      return times.flatMap((at, i) => {
        const toldAt = told[i];
        return at < since ? [] : toldAt === undefined ? null : toldAt - at;
      });
    }),
  );
}

/** Waits until everything that rose since then has been told, or nothing more comes. */
async function settled({ words, consumer }: House, since: number): Promise<(number | null)[]> {
  for (let before = -1; ;) {
    const rises = await words.ask({ kind: 'set', count: 0, value: 0 });
    const { raises = {} } = await consumer.ask('raises');
    const all = waitsOf(rises, raises, since);
    const missing = lostOf(all);
    if (missing === 0 || missing === before) return all;
    before = missing;
    await sleep(2 * POLL_MS + 1_000);
  }
}

function lostOf(waits: readonly (number | null)[]): number {
  return waits.filter((wait) => wait === null).length;
}

async function restart({ site, words, consumer }: House, gateway: GatewayProcess) {
  const told = async (): Promise<readonly number[]> => (await consumer.ask('raises')).raises?.[keyOf(0, 0)] ?? [];
  await words.ask({ kind: 'set', count: 1, value: 0 });
  await sleep(SETTLE_MS);
  const before = (await told()).length;
  process.kill(gateway.pid, 'SIGKILL');
  await words.ask({ kind: 'set', count: 1, value: 1 });
  const from = sharedNow();
  const again = await startGateway(site, { scheduling: 'undisturbed' });
  for (let times = await told(); ; times = await told()) {
    const at = times[before];
    if (at !== undefined) return { again, tookMs: at - from };
    await sleep(20);
  }
}

function measure({ quick, say }: RunOptions) {
  return scoped(async (own) => {
    const words = own(
      await startPeer<AlarmWordsProgram>('alarm-words', { devices: DEVICES, words: WORDS }, 'undisturbed'),
    );
    const site = await createSite({
      buses: words.ready.map((address, i) => ({ id: `b${i}`, type: 'modbus-tcp', ...address })),
      devices: words.ready.map((_, i) => ({ id: `m${i}`, bus: `b${i}`, unit: 1, profile: METER_PROFILE })),
      poll: { fast: POLL_MS },
      profiles: [meterProfile({ words: WORDS })],
      alarms: ALARMS,
    });
    const gateway = own(await startGateway(site, { scheduling: 'undisturbed' }));
    const { mqttUrl } = site;
    const consumer = own(await startPeer<AlarmConsumerProgram>('alarm-consumer', { mqttUrl }, 'undisturbed'));
    const house = { site, words, consumer };
    await sleep(SETTLE_MS);

    const changes = PER_SECOND * (quick ? 20 : STORM_S);
    say(`${changes} transitions, ${PER_SECOND}/s`);
    const usage = usageOf(gateway.pid);
    await words.ask({ kind: 'turn', changes, perSecond: PER_SECOND });
    const after = usageOf(gateway.pid);
    const storm = await settled(house, 0);
    const { events = 0 } = await consumer.ask('raises');

    await words.ask({ kind: 'set', count: DEVICES * WORDS, value: 0 });
    await sleep(SETTLE_MS);
    say(`${AVALANCHE} at once`);
    const since = sharedNow();
    await words.ask({ kind: 'set', count: AVALANCHE, value: 1 });
    const avalanche = await settled(house, since);
    await words.ask({ kind: 'set', count: DEVICES * WORDS, value: 1 });
    await settled(house, since);
    const refreshed = await consumer.ask('refresh');
    const last = await restart(house, gateway);
    own(last.again);
    return {
      storm,
      events,
      avalanche,
      refreshed,
      restartMs: last.tookMs,
      cores: coresUsed(usage, after),
      residentMB: after.residentMB,
    };
  });
}

async function run(options: RunOptions) {
  const { storm, events, avalanche, refreshed, restartMs, cores, residentMB } = await measure(options);
  const told = storm.filter((wait) => wait !== null);
  const lost = lostOf(storm) + lostOf(avalanche);
  const { tookMs = NaN, items = 0 } = refreshed;
  const p99 = percentile(told, 0.99);
  const figures = [
    { what: 'transitions that the consumer was told', unit: 'transitions', measured: events },
    { what: 'edges that never came, storm and avalanche', unit: 'edges', measured: lost },
    {
      what: 'edge to MQTT in the storm, median',
      unit: 'ms',
      measured: median(told),
      reference: { what: 'half a poll interval', value: POLL_MS / 2 },
    },
    { what: 'the same, p99', unit: 'ms', measured: p99, reference: { what: 'goal', value: GOAL.toldP99Ms } },
    {
      what: 'avalanche of 5,000: the last one told after',
      unit: 'ms',
      measured: Math.max(...avalanche.map((wait) => wait ?? Infinity)),
    },
    {
      what: `refresh of ${items} that are not normal`,
      unit: 'ms',
      measured: tookMs,
      reference: { what: 'goal', value: GOAL.refreshMs },
    },
    {
      what: 'kill to the first new alarm told, from the start of the process',
      unit: 'ms',
      measured: restartMs,
      reference: { what: 'goal', value: GOAL.restartMs },
    },
    { what: 'CPU in the storm', unit: 'cores', measured: cores },
    { what: 'memory (RSS) after it', unit: 'MB', measured: residentMB },
  ];
  const isMet = lost === 0 && p99 <= GOAL.toldP99Ms && tookMs <= GOAL.refreshMs && restartMs <= GOAL.restartMs;
  return { figures, verdict: isMet ? ('met' as const) : ('missed' as const) };
}

export const alarmStorm: Benchmark = {
  name: 'alarm-storm',
  goal: '500 alarm transitions a second for 10 minutes with 10,000 points, none lost; p99 of edge to MQTT ≤ 1 s; a refresh of 10,000 ≤ 1 s; kill to announcing again ≤ 5 s.',
  method:
    '100 Modbus TCP devices with 100 registers, polled every 500 ms; each register is the condition of an alarm of its own. For ten minutes 500 of them a second change, one after the other at random; then 5,000 rise at once, then all. ' +
    'The devices note each edge, an MQTT client each raise that it is told, which is after its row is on the disk; every edge must have its raise. The refresh asks for everything that is not normal, over MQTT. Then the gateway is killed (SIGKILL), a contact rises while it is dead, and is started again, with nothing compiled: until the client is told of that contact.',
  run,
};
