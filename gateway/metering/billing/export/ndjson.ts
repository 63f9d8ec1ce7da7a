/** A line of JSON for each line of a run, for programs: values are decimal strings, times are ISO 8601 in UTC. */
import type { Boundary } from '../../rules/boundary.ts';
import type { Run } from '../../rules/run.ts';
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

function recordOf({ id, revision, from, to }: Run, { row, line, home, correction }: LineShown) {
  const { chain, utility, obis, unit, period, meters, multiplier, consumption } = line;
  return {
    ...{ run: id, revision, row, period, from: iso(from), to: iso(to) },
    ...{ chain, home: line.home, building: home?.building ?? null, unitOfBuilding: home?.unit ?? null },
    ...{ room: home?.room ?? null, utility, obis, unit, meters, multiplier, consumption },
    opening: boundaryOf(line.opening),
    closing: boundaryOf(line.closing),
    ...{ openingQuality: line.openingQuality, closingQuality: line.closingQuality },
    segments: line.segments.map((segment) => ({
      ...segment,
      opening: boundaryOf(segment.opening),
      closing: boundaryOf(segment.closing),
    })),
    occupancies: line.occupancies.map((part) => ({
      ...part,
      opening: boundaryOf(part.opening),
      closing: boundaryOf(part.closing),
    })),
    reasons: line.reasons,
    replaces: correction && { run: correction.replaces, why: correction.why },
  };
}

function boundaryOf(boundary: Boundary | null) {
  return boundary && { ...boundary, at: iso(boundary.at) };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
