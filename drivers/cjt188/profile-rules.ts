/** What the schema of a profile cannot express. */
import type { ProfileMistake } from '../contract.ts';
import { UNITS } from '../units.ts';
import { placeBit } from './decode-status.ts';
import { ageOf } from './layouts.ts';
import type { Field } from './layout.ts';
import { findPlace, type MeterKind, type PointPlace } from './point-place.ts';
import type { Cjt188PointFile } from './profile.ts';
import { familyOf } from './meter-types.ts';
import { READING } from './read-items.ts';

/** A well-formed point and its place in the file. */
export interface PlacedPoint {
  readonly index: number;
  readonly point: Cjt188PointFile;
}

/** A field of the point and what is wrong with it. */
type Finding = readonly [field: keyof Cjt188PointFile, text: string];

const CLOCK_OBIS = '0-0:1.0.0';
/** The medium, first in an OBIS code (IEC 62056-6-1), by T: 5 is cold, 6 heat, 7 gas, 8 cold water, 9 hot water. */
const MEDIA: Readonly<Record<string, readonly string[]>> = { '11': ['9'], '21': ['5', '6'], '22': ['6', '5'] };
const MEDIA_OF_FAMILIES = { water: ['8'], heat: ['6'], gas: ['7'], other: [] } as const;

export function pointMistakes(points: readonly PlacedPoint[], meter: MeterKind): readonly ProfileMistake[] {
  return points.flatMap(({ index, point }) =>
    findings(point, meter).map(([field, text]) => ({
      path: ['points', index, field],
      message: `point ${point.key}: ${text}`,
    })),
  );
}

/** Two points by one name, and two names of one value. */
export function repeatedPoints(points: readonly PlacedPoint[]): readonly ProfileMistake[] {
  return points.flatMap(({ index, point }, at) => {
    const before = points.slice(0, at);
    const twin = before.find((one) => one.point.key === point.key);
    if (twin) {
      const message = `point ${point.key}: number ${twin.index} has this key already; a key names one point`;
      return [{ path: ['points', index, 'key'], message }];
    }
    const same = before.find((one) => sameValue(one.point, point));
    if (!same) return [];
    const message = `point ${point.key}: ${same.point.key} is the same value of ${point.item} already; leave one out`;
    return [{ path: ['points', index, 'field'], message }];
  });
}

/** A valve is proved by the status of the current reading: nobody would see what has become of a command. */
export function valveMistakes(points: readonly PlacedPoint[], valve: object | undefined): readonly ProfileMistake[] {
  const reading = READING.toString(16).toUpperCase();
  const isSeen = points.some(({ point }) => point.item === reading && point.field === 'valve');
  if (valve === undefined || isSeen) return [];
  return [
    { path: ['valve'], message: `a valve that is commanded needs a point of field valve in ${reading}: its proof` },
  ];
}

function findings(point: Cjt188PointFile, meter: MeterKind): readonly Finding[] {
  const found = findPlace(point, meter);
  if (!found.ok) return [[found.wrong, found.message]];
  const { place } = found;
  return [...unit(point, place), ...bit(point, place, meter), ...obis(point, place, meter), ...kept(point, place)];
}

function unit({ unit: named, field: name }: Cjt188PointFile, { field }: PointPlace): readonly Finding[] {
  if (field.type === 'measured') {
    const is = field.quantities.join(' or ');
    if (named === undefined) return [['unit', `${name} is a measured ${is}: give its unit`]];
    return (field.quantities as readonly string[]).includes(UNITS[named])
      ? []
      : [['unit', `${name} is a measured ${is}, and ${named} is a unit of ${UNITS[named]}`]];
  }
  const own = unitOfField(field);
  if (named === own) return [];
  return [['unit', own === undefined ? `${name} has no unit: leave it out` : `${name} is counted in ${own}`]];
}

function unitOfField(field: Field) {
  return field.type === 'number' || field.type === 'integer' ? field.unit : undefined;
}

function bit(point: Cjt188PointFile, { field }: PointPlace, meter: MeterKind): readonly Finding[] {
  if (point.bit === undefined) return [];
  if (field.type !== 'status' || point.field !== 'st') return [['bit', 'a bit is one of the status: with field st']];
  const known = placeBit(point.bit, meter.stBitOrder ?? 'low-first');
  return known === null ? [] : [['bit', `bit ${point.bit} belongs to field ${known}: it has a name of its own`]];
}

function obis(point: Cjt188PointFile, { field }: PointPlace, { type }: MeterKind): readonly Finding[] {
  if (point.obis === undefined) return [];
  if (field.type === 'time') return point.obis === CLOCK_OBIS ? [] : [['obis', `a clock is ${CLOCK_OBIS}`]];
  if (field.type !== 'measured') return [['obis', 'only registers and the clock have an OBIS code']];
  const family = familyOf(Number.parseInt(type, 16));
  const media = MEDIA[type] ?? (family === null ? [] : MEDIA_OF_FAMILIES[family]);
  const [medium = ''] = point.obis.split('-');
  if (media.length === 0 || media.includes(medium)) return [];
  const right = media.map((one) => `${one}-0:…`).join(' or ');
  return [['obis', `${point.obis} is of another medium: a meter of type ${type} has ${right}`]];
}

function kept(point: Cjt188PointFile, { di, item, field }: PointPlace): readonly Finding[] {
  const age = ageOf(item, di) ?? (point.field.startsWith('settlement') ? 1 : null);
  const isKept = age !== null && field.type === 'measured';
  if (point.frozen === undefined) {
    return isKept && point.obis !== undefined
      ? [['obis', 'a value that was kept needs frozen: it is not the register']]
      : [];
  }
  if (!isKept) return [['frozen', `${point.field} of ${point.item} is no value that the meter has kept`]];
  if (item.ago !== 'freezes' && point.frozen.kind !== 'settlement') {
    return [['frozen', `${point.item} is of a settlement day: kind is settlement`]];
  }
  if (point.frozen.ago !== age) return [['frozen', `${point.item} is what was kept ${age} times ago: ago is ${age}`]];
  return point.obis === undefined ? [['frozen', 'it needs obis: the name of the register that was kept']] : [];
}

function sameValue(a: Cjt188PointFile, b: Cjt188PointFile): boolean {
  return a.item === b.item && a.field === b.field && a.bit === b.bit;
}
