/** Everything that one device can raise. */
import type { Profile } from '../../drivers/contract.ts';
import { suggest } from '../config/mistakes/suggest.ts';
import type { Equipment } from '../config/schema.ts';
import type { CheckedRule } from './check-rules.ts';
import { at, finish, isOn, own, settingsFor, type AlarmMistake, type Draft, type PlacedDevice } from './draft.ts';
import { overrideMistakes } from './overrides.ts';
import type { AlarmFile } from './rule-file.ts';
import { inputDrafts } from './rule-inputs.ts';
import { zoneDrafts, type PlacedHome } from './zone-drafts.ts';

export interface DraftsOfDevice {
  readonly drafts: readonly Draft[];
  readonly mistakes: readonly AlarmMistake[];
}

/** The alarms of a device's contacts, of the zones that are wired to it, of its points and of its silence. */
export function draftsOf(
  placed: PlacedDevice,
  profile: Profile,
  file: AlarmFile,
  rules: readonly CheckedRule[],
  judged: readonly string[],
  homes: readonly PlacedHome[],
): DraftsOfDevice {
  const { device } = placed;
  const inputs = inputDrafts(placed, profile, file);
  const zones = zoneDrafts(placed, profile, file, homes);
  const read = [...inputs.drafts, ...zones.drafts, ...pointDrafts(placed, file, rules)];
  const carriesAlarms = read.some((draft) => isOn(draft, device) && finish(draft, own(device.alarms, draft.type)));
  const drafts = [...read, ...stateDrafts(placed, file, carriesAlarms)];
  return {
    drafts,
    mistakes: [...inputs.mistakes, ...zones.mistakes, ...overrideMistakes(placed, drafts, judged, file)],
  };
}

export function unknownEquipment(
  { device, index }: PlacedDevice,
  equipment: readonly Pick<Equipment, 'id'>[],
): AlarmMistake[] {
  const name = device.equipment;
  const ids = equipment.map(({ id }) => id);
  if (name === undefined || ids.includes(name)) return [];
  const message = `there is no equipment ${JSON.stringify(name)}`;
  const finding = { path: ['equipment'], message, hint: suggest(name, ids), severity: 'error' as const };
  return at('site', ['devices', index], [finding]);
}

function pointDrafts({ device }: PlacedDevice, file: AlarmFile, rules: readonly CheckedRule[]): Draft[] {
  return rules.flatMap(({ rule, index, tests: byProfile }) => {
    const { type, channel = null } = rule;
    const tests = byProfile.get(device.profile);
    const settings = settingsFor(file, type, rule.set, own(device.alarms, type));
    if (!tests || !settings) return [];
    return {
      ...{ source: device.equipment ?? device.id, device: device.id, type, channel, settings },
      trigger: { kind: 'points', tests, pulse: null },
      from: { file: 'rules', path: ['rules', 'points', index] },
    };
  });
}

/** About the device itself, whatever equipment its other alarms are about. */
function stateDrafts({ device }: PlacedDevice, file: AlarmFile, carriesAlarms: boolean): Draft[] {
  return file.rules.devices.flatMap(({ type, state, carriesAlarms: wanted = carriesAlarms, set }, index) => {
    const settings = settingsFor(file, type, set, own(device.alarms, type));
    if (!settings || wanted !== carriesAlarms) return [];
    return {
      ...{ source: device.id, device: device.id, type, channel: null, settings },
      trigger: { kind: 'deviceState', state },
      from: { file: 'rules', path: ['rules', 'devices', index] },
    };
  });
}
