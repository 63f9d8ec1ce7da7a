/** Device models are linted like code: a profile is taken whole, or refused with every mistake in it. */
import type { ProfileMistake, ProfileResult } from '../contract.ts';
import { modbusProfileSchema, type ModbusPoint, type ModbusProfile } from './profile.ts';
import { commandsOf } from './profile-commands.ts';
import { actionMistakes } from './profile-rules/action-rules.ts';
import { salvage, wholeDraft, type Draft } from './profile-rules/draft.ts';
import { rawRange } from './profile-rules/extent.ts';
import { layoutMistakes } from './profile-rules/layout-rules.ts';
import { namingMistakes } from './profile-rules/naming-rules.ts';
import { pointMistakes } from './profile-rules/point-rules.ts';
import { schemaMistakes } from '../profile/schema-mistakes.ts';

/**
 * Checks a parsed JSON value against the schema and against the rules that a schema cannot express. Each mistake has
 * the path of what it is about and names the point or action. Parts that fit the schema are judged even if others do
 * not, so that one run shows all there is to mend.
 */
export function parseModbusProfile(raw: unknown): ProfileResult<ModbusProfile> {
  const parsed = modbusProfileSchema.safeParse(raw);
  if (!parsed.success) {
    return {
      ok: false,
      mistakes: [...schemaMistakes(modbusProfileSchema, parsed.error.issues, raw), ...ruleMistakes(salvage(raw))],
    };
  }
  const mistakes = ruleMistakes(wholeDraft(parsed.data));
  if (mistakes.length > 0) return { ok: false, mistakes };
  const points = parsed.data.points.map(withRange);
  return { ok: true, profile: { ...parsed.data, points, commands: commandsOf(parsed.data) } };
}

/** How far a counter counts follows from its type. */
function withRange(point: ModbusPoint): ModbusPoint {
  const [, highest] = rawRange(point) ?? [];
  return point.role === 'counter' && highest !== undefined ? { ...point, range: highest + 1 } : point;
}

function ruleMistakes(draft: Draft): readonly ProfileMistake[] {
  return [...namingMistakes(draft), ...pointMistakes(draft), ...layoutMistakes(draft), ...actionMistakes(draft)];
}
