/** What a large site costs: CPU and memory of the gateway alone. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { median } from '../measure/percentile.ts';
import { coresUsed, usageOf } from '../measure/process-usage.ts';
import { sleep } from '../measure/time.ts';
import { startGateway } from '../processes/gateway.ts';
import { METER_PROFILE, meterProfile } from '../processes/meter-profile.ts';
import { readMetrics } from '../processes/metrics.ts';
import { startPeer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import { scratchFolder } from '../processes/scratch.ts';
import { createSite } from '../processes/site.ts';
import type { SubscriberProgram } from '../programs/subscriber.ts';
import type { TcpMetersProgram } from '../programs/tcp-meters.ts';

const DEVICES = 100;
/** 125 registers: one read of each meter. */
const SHAPE = { words: 75, floats: 25 };
const POINTS = DEVICES * (SHAPE.words + SHAPE.floats);
const AIM = { cores: 0.5, megabytes: 200 };
const SETTLE_MS = 10_000;

interface Load {
  readonly cores: number;
  readonly residentMB: number;
  readonly peakMB: number;
  readonly storedPerSecond: number;
  readonly publishedPerSecond: number;
}

function measure(compileCache: string, withSubscriber: boolean, forMs: number): Promise<Load> {
  return scoped(async (own) => {
    const meters = own(
      await startPeer<TcpMetersProgram>('tcp-meters', {
        devices: DEVICES,
        registers: SHAPE.words + 2 * SHAPE.floats,
      }),
    );
    const site = await createSite({
      buses: meters.ready.map((address, i) => ({ id: `b${i}`, type: 'modbus-tcp', ...address })),
      devices: meters.ready.map((_, i) => ({ id: `m${i}`, bus: `b${i}`, unit: 1, profile: METER_PROFILE })),
      poll: { fast: 1_000 },
      profiles: [meterProfile(SHAPE)],
    });
    const gateway = own(await startGateway(site, { compileCache }));
    const { mqttUrl } = site;
    const subscriber = withSubscriber ? own(await startPeer<SubscriberProgram>('subscriber', { mqttUrl })) : null;
    await sleep(SETTLE_MS);
    const stored = async (): Promise<number> =>
      (await readMetrics(site)).get('gatehouse_recorder_readings_total') ?? NaN;
    const received = async (): Promise<number> => (await subscriber?.ask('count'))?.count ?? 0;
    const before = { usage: usageOf(gateway.pid), stored: await stored(), received: await received() };
    await sleep(forMs);
    const usage = usageOf(gateway.pid);
    const seconds = (usage.at - before.usage.at) / 1000;
    return {
      cores: coresUsed(before.usage, usage),
      residentMB: usage.residentMB,
      peakMB: usage.peakMB,
      storedPerSecond: ((await stored()) - before.stored) / seconds,
      publishedPerSecond: ((await received()) - before.received) / seconds,
    };
  });
}

async function run({ quick, say }: RunOptions) {
  const rounds = quick ? 1 : 3;
  const alone: Load[] = [];
  const heard: Load[] = [];
  const compileCache = scratchFolder('compile-cache');
  // What the first start compiles is there for the others, as on site.
  await measure(compileCache, false, 0);
  for (let i = 1; i <= rounds; i++) {
    for (const loads of [alone, heard]) {
      const load = await measure(compileCache, loads === heard, quick ? 10_000 : 30_000);
      loads.push(load);
      say(`round ${i} of ${rounds}, ${loads === heard ? 'with' : 'without'} a subscriber: ${JSON.stringify(load)}`);
    }
  }
  const of = (loads: readonly Load[], key: keyof Load): number => median(loads.map((load) => load[key]));
  const cores = { what: 'aim', value: AIM.cores };
  const memory = { what: 'aim', value: AIM.megabytes };
  const wanted = { what: 'points of the site', value: POINTS };
  const figures = [
    { what: 'CPU, nobody subscribes', unit: 'cores', measured: of(alone, 'cores'), reference: cores },
    { what: 'CPU, a subscriber to every point', unit: 'cores', measured: of(heard, 'cores'), reference: cores },
    { what: 'memory (RSS), nobody subscribes', unit: 'MB', measured: of(alone, 'residentMB'), reference: memory },
    {
      what: 'memory (RSS), a subscriber to every point',
      unit: 'MB',
      measured: of(heard, 'residentMB'),
      reference: memory,
    },
    { what: 'peak of it', unit: 'MB', measured: of(heard, 'peakMB'), reference: memory },
    { what: 'values stored', unit: 'values/s', measured: of(heard, 'storedPerSecond'), reference: wanted },
    {
      what: 'messages received by the subscriber',
      unit: 'messages/s',
      measured: of(heard, 'publishedPerSecond'),
      reference: wanted,
    },
  ];
  const met = figures.every(({ measured, reference }) => reference === wanted || measured <= reference.value);
  return { figures, verdict: met ? ('met' as const) : ('missed' as const) };
}

export const tenThousandPoints: Benchmark = {
  name: 'ten-thousand-points',
  goal: '10,000 points at 1 s over Modbus TCP on two cores: CPU and memory reported; aim under 200 MB and under half a core.',
  method:
    '100 simulated meters, each a Modbus TCP server on a port of its own and in another process, with 75 words and 25 floats in 125 registers; all change at every request; period 1 s. ' +
    'CPU and memory are the gateway process’s own, from /proc, over 30 s after 10 s; ordinary priority; with the compile cache of an earlier start, as `scripts/gatehouse` keeps one. With a subscriber, one MQTT client receives every point; a point whose next value comes while the last one still waits is sent once. Median of three rounds.',
  run,
};
