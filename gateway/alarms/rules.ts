/** From the rule file, the profiles and the site's devices to the alarms that can occur, and what is wrong with them. */
import type { Profile } from '../../drivers/contract.ts';
import type { DeviceConfig, Equipment } from '../config/schema.ts';
import { checkRules } from './check-rules.ts';
import { draftsOf, unknownEquipment } from './device-drafts.ts';
import { finish, isOn, own, type AlarmMistake, type Draft } from './draft.ts';
import type { AlarmFile } from './rule-file.ts';
import type { AlarmDefinition } from './types.ts';
import type { PlacedHome } from './zone-drafts.ts';

export interface AlarmSources {
  /** As in a SiteConfig: those of the site file, then those of its device files. Paths of mistakes count so. */
  readonly devices: readonly DeviceConfig[];
  readonly equipment: readonly Pick<Equipment, 'id'>[];
  readonly profiles: ReadonlyMap<string, Profile>;
  readonly file: AlarmFile;
  /** By device: the types of alarms that the gateway raises of it without a rule. */
  readonly judged?: ReadonlyMap<string, readonly string[]>;
  /** Those with zones. Paths of mistakes count by their `index`. */
  readonly homes?: readonly PlacedHome[];
}

export interface ResolvedAlarms {
  /** Every alarm that can occur, apart from those with mistakes. */
  readonly definitions: readonly AlarmDefinition[];
  /** Paths lead into the rule file, or into the site file: `['devices', position in AlarmSources, …]`, `['equipment', index, …]`. */
  readonly mistakes: readonly AlarmMistake[];
}

/** Pure. A device that is not enabled is checked and raises nothing; one of an unknown profile is skipped. */
export function resolveAlarms({
  devices,
  equipment,
  profiles,
  file,
  judged,
  homes = [],
}: AlarmSources): ResolvedAlarms {
  const checked = checkRules(file, profiles);
  const mistakes = [...checked.mistakes];
  const taken = new Map<string, Draft>();
  const definitions: AlarmDefinition[] = [];
  for (const [index, device] of devices.entries()) {
    const placed = { device, index };
    const profile = profiles.get(device.profile);
    mistakes.push(...unknownEquipment(placed, equipment));
    if (!profile) continue;
    const all = draftsOf(placed, profile, file, checked.rules, judged?.get(device.id) ?? [], homes);
    mistakes.push(...all.mistakes);
    for (const draft of all.drafts) {
      const definition = definitionOf(draft, device);
      if (!definition) continue;
      const other = taken.get(definition.alarm);
      if (other) mistakes.push(sameKey(definition.alarm, draft, other));
      else {
        taken.set(definition.alarm, draft);
        definitions.push(definition);
      }
    }
  }
  return { definitions, mistakes };
}

/** Null where the device is off, switches the alarm off, or has no limit that the rule leaves to it. */
function definitionOf(draft: Draft, device: DeviceConfig): AlarmDefinition | null {
  return isOn(draft, device) ? finish(draft, own(device.alarms, draft.type)) : null;
}

function sameKey(alarm: string, draft: Draft, other: Draft): AlarmMistake {
  const message = `${alarm} of ${draft.device} is already an alarm of ${other.device}`;
  const hint = 'give one of them another source or equipment, or its rule a channel';
  return { ...draft.from, message, hint, severity: 'error' };
}
