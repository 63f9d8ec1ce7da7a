/** What was handed over: figures, the hash of each file, and which meters have no reading. Its own hash names the run's bill. */
import type { Run } from '../../rules/run.ts';
import { UTILITIES } from '../../rules/utilities.ts';
import { localOf } from '../../rules/zone.ts';
import { FiguresOfLines } from '../figures.ts';
import type { RenderAsked } from './ask.ts';
import type { LineShown } from './columns.ts';

export interface FileNamed {
  readonly file: string;
  readonly sha256: string;
}

/** No time of export is in it: exporting again gives these bytes. */
export function renderManifest(asked: RenderAsked, lines: Iterable<LineShown>, files: readonly FileNamed[]): Buffer {
  const { run, site, zone, registry } = asked;
  const sums = new FiguresOfLines();
  const withoutConsumption = [];
  for (const shown of lines) {
    sums.add(shown.line);
    if (shown.line.consumption === null) withoutConsumption.push(lacking(shown));
  }
  const { consumption, ...counts } = sums.figures;
  const manifest = {
    ...{ format: 'gatehouse-billing-1', site, run: run.id, utility: run.utility, period: run.period },
    ...{ revision: run.revision, from: localOf(run.from, zone), to: localOf(run.to, zone), zone, registry },
    closed: run.closed && { by: run.closed.by, at: new Date(run.closed.at).toISOString() },
    corrections: run.corrections,
    counts,
    totals: { [run.utility]: { consumption, unit: UTILITIES[run.utility].unit } },
    withoutConsumption,
    accepted: acceptedIn(run),
    files,
  };
  return Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, 'utf8');
}

function lacking({ line: { chain, home, meters, openingQuality, closingQuality, reasons } }: LineShown) {
  return { chain, home, meters, openingQuality, closingQuality, reasons: reasons.map(({ zh, en }) => ({ zh, en })) };
}

/** What somebody has answered for. */
function acceptedIn({ accepted }: Run) {
  return accepted.map(({ key, note, by, at }) => ({ key, note, by, at: new Date(at).toISOString() }));
}
