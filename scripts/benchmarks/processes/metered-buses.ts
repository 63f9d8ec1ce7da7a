/** Lines of DL/T 645 meters, and the site that polls them. */
import type { MeterLinesProgram, MeterLine } from '../programs/meter-lines.ts';
import { meterAddresses } from './meter-addresses.ts';
import { startPeer, type Peer } from './peer.ts';
import type { Own } from './scope.ts';
import { createSite, type BenchSite } from './site.ts';

export interface MeteredBuses {
  readonly lines: Peer<MeterLinesProgram>;
  readonly site: BenchSite;
}

const PROFILE = 'bench-dlt645';

/** One register in a frame of its own, in the poll class `fast`. */
const REGISTER_PROFILE = {
  id: PROFILE,
  driver: 'dlt645',
  maker: 'none',
  model: 'Counting meter of the benchmarks',
  nameZh: '基准电表',
  manual: { title: 'scripts/benchmarks/programs/meter-lines.ts', edition: 'none', pages: 'all' },
  verified: 'device',
  points: [{ key: 'importEnergy', nameZh: '电能', unit: 'kWh', poll: 'fast', '2007': { item: '00010000' } }],
};

/** `periodMs`: default the site's own. */
export async function startMeteredBuses(
  own: Own,
  settings: MeterLinesProgram['settings'],
  periodMs?: number,
): Promise<MeteredBuses> {
  const lines = own(await startPeer<MeterLinesProgram>('meter-lines', settings, 'undisturbed'));
  const bus = ({ baud, format }: MeterLine, i: number) => ({
    ...{ id: `line${i}`, type: 'tcp-serial', baud, format, turnaroundMs: settings.replyDelayMs },
    ...lines.ready[i],
  });
  const devices = settings.lines.flatMap(({ meters }, i) =>
    meterAddresses(i, meters).map((address) => ({ id: `m${address}`, bus: `line${i}`, address, profile: PROFILE })),
  );
  const site = await createSite({
    buses: settings.lines.map(bus),
    devices,
    profiles: [REGISTER_PROFILE],
    ...(periodMs !== undefined && { poll: { fast: periodMs } }),
  });
  return { lines, site };
}
