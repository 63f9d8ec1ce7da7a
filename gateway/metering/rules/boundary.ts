/** A value at which a segment begins or ends, and how it is known: the proof of a line. */
import type { Meter, MeterReading, ReadingQuality } from '../model.ts';
import { asOnDial, decimal, type Sighting } from './register.ts';

/**
 * `billed`: what a closed run ended with. `installation` and `removal`: what the registry says that the meter showed then.
 * `estimate`: computed here, where the site allows it.
 */
export type BoundarySource = 'reading' | 'installation' | 'removal' | 'billed' | 'estimate';

export interface Boundary extends Sighting {
  /** The number of the meter. */
  readonly meter: string;
  readonly quality: ReadingQuality;
  readonly source: BoundarySource;
  /** The id of the reading; null where it is none. */
  readonly reading: number | null;
}

/** A meter with its times as Unix milliseconds. `until` is Infinity while it is on its wall. */
export interface Stay {
  readonly meter: Meter;
  readonly from: number;
  readonly until: number;
}

export function boundaryOfReading({ id, meter, value, at, quality }: MeterReading): Boundary {
  return { meter, value, at, quality, source: 'reading', reading: id };
}

/** What it showed when it was put up (底数). Somebody wrote it down: it is a manual value. */
export function boundaryOfInstallation({ meter, from }: Stay): Boundary {
  return noted(meter, meter.initial, from, 'installation');
}

/** What it showed when it was taken down; null where nobody wrote that down, or it is still there. */
export function boundaryOfRemoval({ meter, until }: Stay): Boundary | null {
  return meter.final === null || until === Infinity ? null : noted(meter, meter.final, until, 'removal');
}

function noted(meter: Meter, value: string, at: number, source: BoundarySource): Boundary {
  const onDial = asOnDial(decimal(value), meter);
  return { meter: meter.number, value: onDial, at, quality: 'manual', source, reading: null };
}
