/** Meter models are linted like code: a profile is taken whole, or refused with every mistake in it. */
import type { CommandSpec, ProfileResult } from '../contract.ts';
import { schemaMistakes } from '../profile/schema-mistakes.ts';
import { slotAt } from './place.ts';
import { dlt645ProfileSchema, type Dlt645Action, type Dlt645Point, type Dlt645Profile } from './profile.ts';
import { actionMistakes } from './profile-rules/action-rules.ts';
import { draftOf, type DraftPoint } from './profile-rules/draft.ts';
import { pointMistakes } from './profile-rules/point-rules.ts';

/**
 * Checks a parsed JSON value against the schema and against the tables of both versions. Each mistake has the path of what it
 * is about and names the point or action. Parts that fit the schema are judged even if others do not.
 */
export function parseDlt645Profile(raw: unknown): ProfileResult<Dlt645Profile> {
  const parsed = dlt645ProfileSchema.safeParse(raw);
  const draft = draftOf(raw);
  const mistakes = [
    ...(parsed.success ? [] : schemaMistakes(dlt645ProfileSchema, parsed.error.issues, raw)),
    ...pointMistakes(draft),
    ...actionMistakes(draft),
  ];
  if (!parsed.success || mistakes.length > 0) return { ok: false, mistakes };
  const { points, actions } = parsed.data;
  return {
    ok: true,
    profile: { ...parsed.data, points: points.map(wholePoint), commands: actions.map(commandOf) },
  };
}

function commandOf({ key, nameZh, relay }: Dlt645Action): CommandSpec {
  return { action: key, nameZh, ...(relay !== undefined && { supply: true }) };
}

function wholePoint(point: DraftPoint): Dlt645Point {
  const place = point['2007'] ?? point['1997'];
  const format = place && slotAt(place, point['2007'] ? '2007' : '1997')?.format;
  const field = format?.kind === 'word' ? format.word.fields.find(({ name }) => name === place?.status) : undefined;
  if (field === undefined) return point;
  return { ...point, ...(field.values ? { enum: Object.fromEntries(field.values.entries()) } : { type: 'bool' }) };
}
