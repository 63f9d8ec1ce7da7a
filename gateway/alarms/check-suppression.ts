/** The rules of suppression: of types that there are, never of priority 1, and in no circle, in which two alarms would hide each other. */
import { error, type Finding } from '../config/mistakes/mistake.ts';
import { suggest } from '../config/mistakes/suggest.ts';
import { at, own, type AlarmMistake } from './draft.ts';
import type { AlarmFile } from './rule-file.ts';

export function checkSuppression(file: AlarmFile): AlarmMistake[] {
  const { suppression } = file.rules;
  return Object.entries(suppression).flatMap(([cause, { hides }]) => [
    ...at('rules', ['rules', 'suppression', cause], unknown(file, cause)),
    ...hides.flatMap((type, index) =>
      at('rules', ['rules', 'suppression', cause, 'hides', index], hideable(file, cause, type)),
    ),
  ]);
}

function hideable(file: AlarmFile, cause: string, type: string): Finding[] {
  const missing = unknown(file, type);
  if (missing.length > 0) return missing;
  if (own(file.types, type)?.priority === 1) return [error([], `${type} is of priority 1: nothing hides it`)];
  return leadsTo(type, cause, file) ? [error([], `${type} hides ${cause} too: both would vanish`)] : [];
}

/** Whether what `from` hides, what that hides, and so on, has `to` in it. */
function leadsTo(from: string, to: string, { rules: { suppression } }: AlarmFile): boolean {
  const reached = new Set([from]);
  for (const type of reached) for (const next of own(suppression, type)?.hides ?? []) reached.add(next);
  return reached.has(to);
}

function unknown(file: AlarmFile, type: string): Finding[] {
  if (own(file.types, type)) return [];
  return [error([], `there is no alarm type ${JSON.stringify(type)}`, suggest(type, Object.keys(file.types)))];
}
