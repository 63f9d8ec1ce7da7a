/** How soon after a power cut the first reading is out. */
import type { Benchmark, RunOptions } from '../benchmark.ts';
import { median } from '../measure/percentile.ts';
import { sharedNow } from '../measure/time.ts';
import { copyExampleSite, startCommunity, type Community } from '../processes/community.ts';
import { spawnGateway } from '../processes/gateway.ts';
import { startPeer } from '../processes/peer.ts';
import { scoped } from '../processes/scope.ts';
import { scratchFolder } from '../processes/scratch.ts';
import type { SubscriberProgram } from '../programs/subscriber.ts';

const AIM_MS = 2_000;

/** From the spawn to the first good value at a subscriber that was waiting, in milliseconds. */
function startOnce(community: Community, compileCache: string): Promise<number> {
  return scoped(async (own) => {
    const site = await copyExampleSite(community);
    const { mqttUrl } = site;
    const subscriber = own(await startPeer<SubscriberProgram>('subscriber', { mqttUrl }, 'undisturbed'));
    const first = subscriber.ask('first');
    const from = sharedNow();
    own(spawnGateway(site, { scheduling: 'undisturbed', compileCache }));
    return ((await first).firstAt ?? NaN) - from;
  });
}

async function run({ quick, say }: RunOptions) {
  const cold: number[] = [];
  const warm: number[] = [];
  await scoped(async (own) => {
    const community = own(await startCommunity());
    for (let i = 0; i < (quick ? 2 : 7); i++) {
      const cache = scratchFolder('compile-cache');
      cold.push(await startOnce(community, cache));
      warm.push(await startOnce(community, cache));
      say(
        `start ${i + 1}: ${cold.at(-1)?.toFixed(0)} ms, and with what the last one compiled ${warm.at(-1)?.toFixed(0)} ms`,
      );
    }
  });
  const reference = { what: 'aim', value: AIM_MS };
  const figures = [
    { what: 'start to the first published reading', unit: 'ms', measured: median(warm), reference },
    { what: 'the same, slowest', unit: 'ms', measured: Math.max(...warm), reference },
    { what: 'where nothing was compiled before', unit: 'ms', measured: median(cold), reference },
    { what: 'the same, slowest', unit: 'ms', measured: Math.max(...cold), reference },
  ];
  return { figures, verdict: Math.max(...warm) <= AIM_MS ? ('met' as const) : ('missed' as const) };
}

export const start: Benchmark = {
  name: 'start',
  goal: 'Start to first published reading ≤ 2 s.',
  method:
    'The example site (config/site.yaml) on its simulated community, with an empty store. From the spawn of the process to the first point message of good quality at an MQTT subscriber that was waiting, on the embedded broker. ' +
    'Seven starts, each where nothing was compiled before and then again with what it left. Judged by the slowest of the latter: the scripts compile when they install, and `scripts/gatehouse` keeps it.',
  run,
};
