/** Reads a device by its profile. */
import type { Point, Profile, Reading } from '../../../drivers/contract.ts';
import { drivers } from '../../../drivers/index.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { addressOf, openSession } from '../../config/open-session.ts';
import { usageError } from '../exit.ts';
import type { Palette } from '../text/palette.ts';
import { pollOnce } from './poll-once.ts';
import type { Reader, ReadReport } from './reader.ts';
import { valueLines } from './value-lines.ts';

/** Rejects with CliError for a point that the model does not have. */
export async function readPoints(reader: Reader, profile: Profile, colours: Palette): Promise<ReadReport> {
  const { device, bus, link, options, exchanged } = reader;
  const session = openSession({ drivers, profile, bus, device, knowledge: {} });
  const readable = session.plan().flatMap(({ points }) => points);
  const points = options.points?.map((key) => pointOf(readable, key, profile)) ?? inOrderOf(profile, readable);
  const wanted = new Set(points.map(({ key }) => key));
  const { readings, failures, answers } = await pollOnce({
    session,
    link,
    retries: bus.retries,
    wanted,
    polled: exchanged,
  });
  const rows = points.flatMap((point) => {
    const reading = readings.get(point.key);
    return reading ? [{ point, reading }] : [];
  });
  const title = `${device.id}: ${profile.maker} ${profile.model}, ${device.address === undefined ? 'unit' : 'address'} ${addressOf(device)} of ${bus.id}`;
  // A single point may be without a value for reasons of its own.
  const hasNothing = options.points === undefined && rows.every(({ reading }) => reading.quality === 'bad');
  return {
    view: { profile: profile.id, readings: rows.map(({ point, reading }) => viewOf(point, reading)) },
    lines: [...valueLines(title, rows, colours), ...(hasNothing && answers ? ['', colours.warning(OTHER_MODEL)] : [])],
    complete: failures === 0 && !hasNothing,
  };
}

const OTHER_MODEL = 'the device answers, and has none of this: is it another model?';

function pointOf(readable: readonly Point[], key: string, { id, points }: Profile): Point {
  const point = readable.find((one) => one.key === key);
  if (point) return point;
  if (points.some((one) => one.key === key))
    throw usageError(`the point ${JSON.stringify(key)} of ${id} can only be written`);
  const hint = suggest(key, readable.map((one) => one.key)); // prettier-ignore
  throw usageError(`the profile ${id} has no point ${JSON.stringify(key)}`, hint);
}

function inOrderOf({ points }: Profile, readable: readonly Point[]): readonly Point[] {
  const keys = new Set(readable.map(({ key }) => key));
  return points.filter(({ key }) => keys.has(key));
}

function viewOf({ nameZh, unit }: Point, { point, at, ...reading }: Reading) {
  return { point, nameZh, ...reading, unit: unit ?? null, at: new Date(at).toISOString() };
}
