/** From the rules of suppression and what hangs on what to which alarm explains which. Pure. */
import type { BusConfig, DeviceConfig, Equipment } from '../config/schema.ts';
import { busAsDevice } from './bus-alarms.ts';
import type { AlarmFile } from './rule-file.ts';
import type { AlarmDefinition, Explanation } from './types.ts';

export interface Feeding {
  readonly buses: readonly Pick<BusConfig, 'id' | 'fedBy'>[];
  readonly devices: readonly Pick<DeviceConfig, 'id' | 'bus' | 'equipment' | 'fedBy'>[];
  readonly equipment: readonly Pick<Equipment, 'id' | 'fedBy'>[];
}

/** The definitions, each with what explains it. An alarm of priority 1 is explained away by nothing. */
export function explain(
  definitions: readonly AlarmDefinition[],
  site: Feeding,
  rules: AlarmFile['rules']['suppression'],
): AlarmDefinition[] {
  const causes = definitions.filter(({ type }) => Object.hasOwn(rules, type));
  const byPlace = Map.groupBy(causes, placeOf);
  const above = placesAbove(site);
  return definitions.map((definition) => {
    if (definition.settings.priority === 1) return definition;
    const explainedBy = above(definition)
      .flatMap((place) => byPlace.get(place) ?? [])
      .filter(({ alarm }) => alarm !== definition.alarm)
      .flatMap(({ alarm, type }): Explanation[] => {
        const rule = rules[type];
        return rule?.hides.includes(definition.type) ? [{ cause: alarm, holdMs: rule.holdS * 1000 }] : [];
      });
    return explainedBy.length === 0 ? definition : { ...definition, explainedBy };
  });
}

/** A bus and a piece of equipment may share an id. */
function placeOf({ source, device }: AlarmDefinition): string {
  return device === busAsDevice(source) ? device : source;
}

/** The bus that an alarm's device is on, and all that feeds the bus, the device with its equipment and what the alarm is about. */
function placesAbove({ buses, devices, equipment }: Feeding): (definition: AlarmDefinition) => string[] {
  const feeders = new Map(equipment.map(({ id, fedBy }) => [id, fedBy]));
  const ofBus = new Map(buses.map(({ id, fedBy }) => [busAsDevice(id), fedBy]));
  const ofDevice = new Map(devices.map((device) => [device.id, device]));
  return ({ source, device }) => {
    const on = ofDevice.get(device);
    const bus = on ? busAsDevice(on.bus) : device;
    const fed = [on?.fedBy, feeders.get(on?.equipment ?? source), feeders.get(source), ofBus.get(bus)];
    return [...new Set([...(on ? [bus] : []), ...fed.flatMap((feeder) => chain(feeder, feeders))])];
  };
}

/** A feeder, what feeds that, and so on; a ring, which is a mistake, is gone round once. */
function chain(first: string | undefined, feeders: ReadonlyMap<string, string | undefined>): string[] {
  const found: string[] = [];
  for (let next = first; next !== undefined && !found.includes(next); next = feeders.get(next)) found.push(next);
  return found;
}
