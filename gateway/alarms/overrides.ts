/** What a device says against the rules, in its `alarms`. */
import { suggest } from '../config/mistakes/suggest.ts';
import { own, type AlarmMistake, type Draft, type PlacedDevice } from './draft.ts';
import type { AlarmFile } from './rule-file.ts';

/** `drafts`: everything that the device can raise by a rule, switched off or not. `judged`: types that are raised of it without one. */
export function overrideMistakes(
  { device, index }: PlacedDevice,
  drafts: readonly Draft[],
  judged: readonly string[],
  file: AlarmFile,
): AlarmMistake[] {
  return Object.entries(device.alarms).flatMap(([type, override]): AlarmMistake[] => {
    const path = ['devices', index, 'alarms', type];
    const name = JSON.stringify(type);
    const mine = drafts.filter((draft) => draft.type === type);
    if (mine.length === 0 && !(judged.includes(type) && own(file.types, type))) {
      const names = own(file.types, type) ? [...drafts.map((draft) => draft.type), ...judged] : Object.keys(file.types);
      const message = own(file.types, type)
        ? `no rule or input of ${device.id} raises ${name}`
        : `there is no alarm type ${name}`;
      return [{ file: 'site', path, message, hint: suggest(type, [...new Set(names)]), severity: 'error' }];
    }
    return (['above', 'below'] as const)
      .filter((kind) => override[kind] !== undefined && !mine.some((draft) => hasLimit(draft, kind)))
      .map((kind) => ({
        ...{ file: 'site', path: [...path, kind], severity: 'error' },
        message: `${name} of ${device.id} has no limit ${kind} which it is raised`,
      }));
  });
}

function hasLimit({ trigger }: Draft, kind: 'above' | 'below'): boolean {
  return trigger.kind === 'points' && trigger.tests.some((test) => test.kind === kind);
}
