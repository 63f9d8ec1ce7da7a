/** Meter models are linted like code: a profile is taken whole, or refused with every mistake in it. */
import type { CommandSpec, ProfileMistake, ProfileResult } from '../contract.ts';
import { record } from '../profile/record.ts';
import { schemaMistakes } from '../profile/schema-mistakes.ts';
import { pointMistakes, repeatedPoints, valveMistakes, type PlacedPoint } from './profile-rules.ts';
import { findPlace, type MeterKind } from './point-place.ts';
import {
  cjt188ProfileSchema,
  type Cjt188Point,
  type Cjt188PointFile,
  type Cjt188Profile,
  type Cjt188ProfileFile,
} from './profile.ts';

const { shape } = cjt188ProfileSchema;

/** As D1 D0 of ST1 have them; 10 has no meaning, and never is a value. */
const VALVE_STATES = { 0: 'open', 1: 'closed', 3: 'abnormal' } as const;
const VALVE_COMMANDS: readonly CommandSpec[] = [
  { action: 'openValve', nameZh: '开阀', supply: true },
  { action: 'closeValve', nameZh: '关阀', supply: true },
];

/**
 * Checks a parsed JSON value against the schema and against the rules that a schema cannot express. Each mistake has the path
 * of what it is about and names the point. Points that fit the schema are judged even if other parts do not.
 */
export function parseCjt188Profile(raw: unknown): ProfileResult<Cjt188Profile> {
  const parsed = cjt188ProfileSchema.safeParse(raw);
  if (!parsed.success) {
    const mistakes = schemaMistakes(cjt188ProfileSchema, parsed.error.issues, raw);
    return { ok: false, mistakes: [...mistakes, ...salvagedMistakes(record(raw))] };
  }
  const { points, valve, meter } = parsed.data;
  const placed = points.map((point, index) => ({ index, point }));
  const mistakes = [...ruleMistakes(placed, meter), ...valveMistakes(placed, valve)];
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, profile: wholeProfile(parsed.data) };
}

function ruleMistakes(points: readonly PlacedPoint[], meter: MeterKind): readonly ProfileMistake[] {
  return [...repeatedPoints(points), ...pointMistakes(points, meter)];
}

/** Of the points that fit the schema. Without a meter's type nobody knows what they stand for. */
function salvagedMistakes(file: Readonly<Record<string, unknown>>): readonly ProfileMistake[] {
  const points = (Array.isArray(file['points']) ? file['points'] : []).flatMap((one: unknown, index) => {
    const point = shape.points.element.safeParse(one);
    return point.success ? [{ index, point: point.data }] : [];
  });
  const meter = shape.meter.safeParse(file['meter']);
  return meter.success ? ruleMistakes(points, meter.data) : repeatedPoints(points);
}

function wholeProfile(file: Cjt188ProfileFile): Cjt188Profile {
  const points = file.points.map((point) => wholePoint(point, file.meter));
  return { ...file, points, commands: file.valve === undefined ? [] : VALVE_COMMANDS };
}

function wholePoint(point: Cjt188PointFile, meter: MeterKind): Cjt188Point {
  const found = findPlace(point, meter);
  if (!found.ok) throw new Error(found.message);
  const { di, field } = found.place;
  switch (field.type) {
    case 'measured':
    case 'number':
    case 'integer':
      return { ...point, di, type: 'number' };
    case 'status':
      if (point.field === 'valve') return { ...point, di, type: 'number', enum: VALVE_STATES };
      return { ...point, di, type: point.field === 'st' && point.bit === undefined ? 'string' : 'bool' };
    case 'time':
    case 'address':
    case 'raw':
      return { ...point, di, type: 'string' };
  }
}
