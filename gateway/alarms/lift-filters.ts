/** From the site file's filters and signals to what each lift's button is judged by. Pure. */
import type { Profile } from '../../drivers/contract.ts';
import type { DeviceConfig, Equipment } from '../config/schema.ts';
import { levelTest } from './rule-inputs.ts';
import type { AlarmDefinition, LiftFilter, PointTest } from './types.ts';

/** The one type that is filtered. */
export const CAR_ALARM = 'lift.carAlarm';

interface Site {
  readonly devices: readonly DeviceConfig[];
  readonly equipment: readonly Pick<Equipment, 'id' | 'filter'>[];
  readonly profiles: ReadonlyMap<string, Profile>;
}

/**
 * The definitions, those of lifts with a filter with it. One whose door contact is missing, or on another module, which is a
 * mistake of the configuration, has none: each press is announced.
 */
export function withFilters(definitions: readonly AlarmDefinition[], site: Site): AlarmDefinition[] {
  const settings = new Map(site.equipment.map(({ id, filter }) => [id, filter]));
  const modules = new Map(site.devices.map((device) => [device.id, device]));
  return definitions.map((definition) => {
    const wanted = definition.type === CAR_ALARM ? settings.get(definition.source) : undefined;
    const module = wanted && modules.get(definition.device);
    if (!module) return definition;
    const { holdS, travelS, openS } = wanted;
    const times = { holdMs: holdS * 1000, travelMs: travelS * 1000, openMs: openS * 1000 };
    const test = (signal: Signal) => signalTest(module, definition.source, signal, site.profiles);
    const doorOpen = test('doorOpen');
    if (!doorOpen) return definition;
    const filter: LiftFilter = { doorOpen, running: test('running'), ...times };
    return { ...definition, filter };
  });
}

type Signal = NonNullable<DeviceConfig['inputs'][number]['signal']>;

function signalTest(
  { inputs, profile }: DeviceConfig,
  source: string,
  signal: Signal,
  profiles: Site['profiles'],
): PointTest | null {
  const input = inputs.find((candidate) => candidate.source === source && candidate.signal === signal);
  const model = profiles.get(profile);
  return (input && model && levelTest(input, model)) ?? null;
}
