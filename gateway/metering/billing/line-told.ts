/** A line as it goes out to programs: its times in ISO 8601, UTC. */
import type { Boundary } from '../rules/boundary.ts';
import type { BillLine } from '../rules/line.ts';

export function lineTold({ opening, closing, billedTo, segments, occupancies, ...line }: BillLine) {
  return {
    ...{ ...line, meters: [...line.meters] },
    ...ends({ opening, closing }),
    billedTo: boundaryOf(billedTo),
    segments: segments.map((segment) => ({ ...segment, ...ends(segment) })),
    occupancies: occupancies.map((part) => ({ ...part, ...ends(part) })),
  };
}

function ends({ opening, closing }: Pick<BillLine, 'opening' | 'closing'>) {
  return { opening: boundaryOf(opening), closing: boundaryOf(closing) };
}

function boundaryOf(boundary: Boundary | null) {
  return boundary && { ...boundary, at: new Date(boundary.at).toISOString() };
}
