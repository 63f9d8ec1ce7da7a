/** What must be done so that a running gateway is as the next configuration says: no more than that. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { DeviceConfig } from './schema.ts';
import { periodsOf, type SiteConfig } from './site-config.ts';

export interface Delta {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export interface Change {
  /** By id. A changed bus is closed and opened again. */
  readonly buses: Delta;
  /** By id. A changed device gets a new session and schedule; all devices of a changed bus are among them. */
  readonly devices: Delta;
  /** By alarm key. */
  readonly alarms: Delta;
  /** By number: what is billed. Where a meter is read from is its device. */
  readonly meters: Delta;
  /** Keys of the site file whose other settings differ: names, people, who may what. Nothing that runs needs to stop. */
  readonly described: readonly string[];
  /** Settings that wait for a restart of the process, in words. */
  readonly restart: readonly string[];
}

/** What `next` changes in `old`. Where the two say the same, every list is empty. */
export function diff(old: SiteConfig, next: SiteConfig): Change {
  const buses = delta(byId(old.buses), byId(next.buses), (bus) => ({ ...bus, nameZh: undefined, fedBy: undefined }));
  const reopened = new Set([...buses.added, ...buses.removed, ...buses.changed]);
  const devices = delta(byId(old.devices), byId(next.devices), (device, side) =>
    side === 'next' ? inForce(device, next) : inForce(device, old),
  );
  const moved = next.devices.filter((device) => reopened.has(device.bus) && !devices.added.includes(device.id));
  const alarms = delta(
    new Map(old.alarms.map((alarm) => [alarm.alarm, alarm])),
    new Map(next.alarms.map((alarm) => [alarm.alarm, alarm])),
    (alarm) => alarm,
  );
  return {
    buses,
    devices: { ...devices, changed: [...new Set([...devices.changed, ...moved.map(({ id }) => id)])] },
    alarms,
    meters: delta(old.registry.meters, next.registry.meters, (meter) => meter),
    described: describedAnew(old, next),
    restart: needRestart(old, next),
  };
}

/** Whether there is nothing to do at all. */
export function isEmpty({ buses, devices, alarms, meters, described, restart }: Change): boolean {
  const none = (part: Delta): boolean => part.added.length + part.removed.length + part.changed.length === 0;
  return [buses, devices, alarms, meters].every(none) && described.length + restart.length === 0;
}

/** What a device's session and schedule are made from. A profile counts by its content, a period only where a point has its class. */
function inForce(device: DeviceConfig, config: SiteConfig): unknown {
  const profile = config.profiles.get(device.profile);
  const classes = new Set(profile?.points.map(({ poll }) => poll));
  const periods = Object.entries(periodsOf(config.poll, device)).filter(([poll]) => classes.has(poll as never));
  const { id, bus, unit, address, enabled, serial, replyTimeoutMs } = device;
  return { id, bus, unit, address, enabled, serial, replyTimeoutMs, profile, periods };
}

/** The rest of a device. A key that is new in the schema is among it. */
function described(device: DeviceConfig): unknown {
  const { bus, unit, address, enabled, serial, replyTimeoutMs, profile, poll, ...rest } = device;
  return rest;
}

/** What is looked up whenever it is needed, and differs: whatever is compared nowhere else. */
function describedAnew(old: SiteConfig, next: SiteConfig): string[] {
  const buses = delta(byId(old.buses), byId(next.buses), ({ nameZh, fedBy }) => [nameZh, fedBy]);
  const devices = delta(byId(old.devices), byId(next.devices), described);
  const before = lookedUp(old);
  const after = lookedUp(next);
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [
    ...[...keys].filter((key) => !isDeepStrictEqual(before.get(key), after.get(key))),
    ...(buses.changed.length > 0 ? ['buses'] : []),
    ...(devices.changed.length > 0 ? ['devices'] : []),
  ];
}

/** Of the site's settings, by key. One that is new in the schema is among them. */
function lookedUp(config: SiteConfig): ReadonlyMap<string, unknown> {
  const { buses, devices, alarms, profiles, poll, registry, ...others } = config;
  const { broker, api, monitoringStation, stationKeyHash, ...rest } = others;
  const { site, store } = rest;
  const settings = {
    ...rest,
    site: { ...site, id: undefined },
    store: [store.readingsDays, store.eventsDays],
    // Byte for byte: an export of it is what stands there now.
    meters: registry.version,
  };
  return new Map(Object.entries<unknown>(settings));
}

/** What is in force of `next` in a process that was started with `started`: what `needRestart` names is as it was. */
export function untilRestart(started: SiteConfig, next: SiteConfig): SiteConfig {
  const { broker, api, monitoringStation, stationKeyHash } = started;
  const { readingsDays, eventsDays } = next.store;
  return {
    ...next,
    site: { ...next.site, id: started.site.id },
    store: { ...started.store, readingsDays, eventsDays },
    ...{ broker, api, monitoringStation, stationKeyHash },
  };
}

/** The settings that are in force only after a restart of a process that was started with `old`, in words. */
export function needRestart(old: SiteConfig, next: SiteConfig): string[] {
  const settings: readonly (readonly [name: string, read: (config: SiteConfig) => unknown])[] = [
    ['the site id', ({ site }) => site.id],
    // How long rows are kept is read again with each deletion.
    ['the store', ({ store }) => ({ ...store, readingsDays: 0, eventsDays: 0 })],
    ['the broker', ({ broker }) => broker],
    ['the API', ({ api }) => api],
    ['the monitoring station', ({ monitoringStation, stationKeyHash }) => [monitoringStation, stationKeyHash]],
  ];
  return settings.filter(([, read]) => !isDeepStrictEqual(read(old), read(next))).map(([name]) => name);
}

function byId<T extends { readonly id: string }>(entries: readonly T[]): Map<string, T> {
  return new Map(entries.map((entry) => [entry.id, entry]));
}

function delta<T>(
  old: ReadonlyMap<string, T>,
  next: ReadonlyMap<string, T>,
  essence: (entry: T, side: 'old' | 'next') => unknown,
): Delta {
  const kept = [...next].flatMap(([name, entry]) => {
    const before = old.get(name);
    return before === undefined ? [] : [{ name, before, entry }];
  });
  return {
    added: [...next.keys()].filter((name) => !old.has(name)),
    removed: [...old.keys()].filter((name) => !next.has(name)),
    changed: kept
      .filter(({ before, entry }) => !isDeepStrictEqual(essence(before, 'old'), essence(entry, 'next')))
      .map(({ name }) => name),
  };
}
