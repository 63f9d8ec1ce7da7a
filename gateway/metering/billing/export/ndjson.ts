/** A line of JSON for each line of a run, for programs: values are decimal strings, times are ISO 8601 in UTC. */
import type { Run } from '../../rules/run.ts';
import { lineTold } from '../line-told.ts';
import type { LineShown } from './columns.ts';
import { GrowingFile } from './growing-file.ts';
import type { Rendering } from './rendering.ts';

export function ndjsonRendering(run: Run): Rendering {
  const file = new GrowingFile();
  return {
    add: (shown) => file.write(`${JSON.stringify(recordOf(run, shown))}\n`),
    end: () => file.bytes(),
  };
}

function recordOf({ id, revision, from, to }: Run, { row, line, home, corrections }: LineShown) {
  const { chain, utility, obis, unit, period, meters, multiplier, consumption } = line;
  const { opening, closing, segments, occupancies } = lineTold(line);
  return {
    ...{ run: id, revision, row, period, from: iso(from), to: iso(to) },
    ...{ chain, home: line.home, building: home?.building ?? null, unitOfBuilding: home?.unit ?? null },
    ...{ room: home?.room ?? null, utility, obis, unit, meters, multiplier, consumption },
    ...{ opening, closing },
    ...{ openingQuality: line.openingQuality, closingQuality: line.closingQuality },
    ...{ segments, occupancies },
    reasons: line.reasons,
    replaces: corrections.map(({ replaces, chain: of, why }) => ({ run: replaces, chain: of, why })),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
