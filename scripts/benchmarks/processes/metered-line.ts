/** A paced line of counting meters, and the site that has it as its one bus. */
import type { SerialLineProgram, SerialLineSettings } from '../programs/serial-line.ts';
import { METER_PROFILE, meterProfile } from './meter-profile.ts';
import { startPeer, type Peer } from './peer.ts';
import type { Own } from './scope.ts';
import type { Medium } from './scratch.ts';
import { createSite, type BenchSite } from './site.ts';

export interface MeteredLine {
  readonly line: Peer<SerialLineProgram>;
  readonly site: BenchSite;
}

export interface MeteredLineOptions extends SerialLineSettings {
  readonly store?: Medium;
  /** Default: the site's own. */
  readonly periodMs?: number;
}

/** Devices `m1`, `m2` …, each with one block of `registers`, in the poll class `fast`. */
export async function startMeteredLine(own: Own, options: MeteredLineOptions): Promise<MeteredLine> {
  const { store, periodMs, ...settings } = options;
  const line = own(await startPeer<SerialLineProgram>('serial-line', settings, 'undisturbed'));
  const type = 'path' in line.ready ? 'serial' : 'tcp-serial';
  const sketch = {
    buses: [{ id: 'line', type, baud: settings.baud, turnaroundMs: settings.replyDelayMs, ...line.ready }],
    devices: Array.from({ length: settings.devices }, (_, i) => ({
      id: `m${i + 1}`,
      bus: 'line',
      unit: i + 1,
      profile: METER_PROFILE,
    })),
    ...(periodMs !== undefined && { poll: { fast: periodMs } }),
    profiles: [meterProfile({ words: settings.registers })],
  };
  return { line, site: await createSite(sketch, store) };
}
