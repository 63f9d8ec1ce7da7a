/** What a device says against the rules, in its `alarms`. */
import { suggest } from '../config/mistakes/suggest.ts';
import { own, type AlarmMistake, type Draft, type PlacedDevice } from './draft.ts';
import type { AlarmFile } from './rule-file.ts';

/** `drafts`: everything that the device can raise, switched off or not. */
export function overrideMistakes(
  { device, index }: PlacedDevice,
  drafts: readonly Draft[],
  file: AlarmFile,
): AlarmMistake[] {
  return Object.entries(device.alarms).flatMap(([type, override]): AlarmMistake[] => {
    const path = ['devices', index, 'alarms', type];
    const name = JSON.stringify(type);
    const mine = drafts.filter((draft) => draft.type === type);
    if (mine.length === 0) {
      const names = own(file.types, type) ? drafts.map((draft) => draft.type) : Object.keys(file.types);
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
