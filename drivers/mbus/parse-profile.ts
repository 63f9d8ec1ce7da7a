/** Meter models are linted like code: a profile is taken whole, or refused with every mistake in it. */
import type { PollClass, ProfileMistake, ProfileResult } from '../contract.ts';
import { record } from '../profile/record.ts';
import { schemaMistakes } from '../profile/schema-mistakes.ts';
import { mbusProfileSchema, type MbusPoint, type MbusPointFile, type MbusProfile } from './profile.ts';
import { pointMistakes, slaveMistakes, type PlacedPoint } from './profile-rules.ts';

const { shape } = mbusProfileSchema;

/**
 * Checks a parsed JSON value against the schema and against the rules that a schema cannot express. Each mistake has the path
 * of what it is about and names the point. Points that fit the schema are judged even if other parts do not.
 */
export function parseMbusProfile(raw: unknown): ProfileResult<MbusProfile> {
  const parsed = mbusProfileSchema.safeParse(raw);
  if (!parsed.success) {
    const mistakes = schemaMistakes(mbusProfileSchema, parsed.error.issues, raw);
    return { ok: false, mistakes: [...mistakes, ...pointMistakes(wellFormedPoints(raw))] };
  }
  const { points, poll, slave } = parsed.data;
  const placed = points.map((point, index) => ({ index, point }));
  const mistakes: readonly ProfileMistake[] = [...slaveMistakes(slave), ...pointMistakes(placed)];
  if (mistakes.length > 0) return { ok: false, mistakes };
  return {
    ok: true,
    profile: { ...parsed.data, points: points.map((point) => wholePoint(point, poll)), commands: [] },
  };
}

function wholePoint(point: MbusPointFile, poll: PollClass): MbusPoint {
  const isBit = 'status' in point || ('record' in point && point.bit !== undefined);
  return { ...point, poll, ...(isBit && { type: 'bool' }) };
}

function wellFormedPoints(raw: unknown): readonly PlacedPoint[] {
  const points: unknown = record(raw)['points'];
  return (Array.isArray(points) ? points : []).flatMap((one: unknown, index) => {
    const point = shape.points.element.safeParse(one);
    return point.success ? [{ index, point: point.data }] : [];
  });
}
