/** What was handed over: figures, the hash of each file, and which meters have no reading. Its own hash names the run's bill. */
import type { BillLine } from '../../rules/line.ts';
import type { Run } from '../../rules/run.ts';
import { UTILITIES } from '../../rules/utilities.ts';
import { localOf } from '../../rules/zone.ts';
import { FiguresOfLines } from '../figures.ts';
import type { RenderAsked } from './ask.ts';
import type { Rendering } from './rendering.ts';

export interface FileNamed {
  readonly file: string;
  readonly sha256: string;
}

/** No time of export is in it: exporting again gives these bytes. `files`: the others, once they are rendered. */
export function manifestRendering(asked: RenderAsked, files: () => readonly FileNamed[]): Rendering {
  const sums = new FiguresOfLines();
  const withoutConsumption: ReturnType<typeof lacking>[] = [];
  return {
    add: ({ line }) => {
      sums.add(line);
      if (line.consumption === null) withoutConsumption.push(lacking(line));
    },
    end: () => {
      const { consumption, unit, ...counts } = sums.figures;
      const manifest = {
        ...headOf(asked),
        counts,
        totals: { [asked.run.utility]: { consumption, unit: unit ?? UTILITIES[asked.run.utility].unit } },
        withoutConsumption,
        accepted: acceptedIn(asked.run),
        files: files(),
      };
      return new TextEncoder().encode(`${JSON.stringify(manifest, null, 2)}\n`);
    },
  };
}

function headOf({ run, site, zone, registry }: RenderAsked) {
  return {
    ...{ format: 'gatehouse-billing-1', site, run: run.id, utility: run.utility, period: run.period },
    ...{ revision: run.revision, from: localOf(run.from, zone), to: localOf(run.to, zone), zone, registry },
    closed: run.closed && { by: run.closed.by, at: new Date(run.closed.at).toISOString() },
    corrections: run.corrections,
  };
}

function lacking({ chain, home, meters, openingQuality, closingQuality, reasons }: BillLine) {
  return { chain, home, meters, openingQuality, closingQuality, reasons: reasons.map(({ zh, en }) => ({ zh, en })) };
}

/** What somebody has answered for. */
function acceptedIn({ accepted }: Run) {
  return accepted.map(({ key, note, by, at }) => ({ key, note, by, at: new Date(at).toISOString() }));
}
