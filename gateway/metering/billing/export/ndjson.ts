/** A line of JSON for each line of a run, for programs: values are decimal strings, times are ISO 8601 in UTC. */
import type { Boundary } from '../../rules/boundary.ts';
import type { Run } from '../../rules/run.ts';
import type { LineShown } from './columns.ts';

export function renderNdjson(run: Run, lines: Iterable<LineShown>): Buffer {
  return Buffer.from(Array.from(lines, (shown) => `${JSON.stringify(recordOf(run, shown))}\n`).join(''), 'utf8');
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
