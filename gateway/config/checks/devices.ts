/** Each device has a bus, a model and an address of its own. */
import type { Addressing, Driver } from '../../../drivers/contract.ts';
import { addressOf } from '../open-session.ts';
import type { CheckInput } from './input.ts';
import { error, warning, type Finding } from '../mistakes/mistake.ts';
import { suggest } from '../mistakes/suggest.ts';
import type { BusConfig, DeviceConfig } from '../schema.ts';
import type { SiteConfig } from '../site-config.ts';

export function checkDevices(input: CheckInput): Finding[] {
  const buses = new Map(input.config.buses.map((bus) => [bus.id, bus]));
  return [
    ...input.config.devices.flatMap((device, index) => [
      ...checkReferences(device, index, input),
      ...checkAddress(device, index, input),
      ...checkSerial(device, index, buses.get(device.bus)),
      ...checkPeriods(device, index, input),
    ]),
    ...oneAddressEach(input),
  ];
}

function checkReferences({ bus, profile }: DeviceConfig, index: number, { known, lost }: CheckInput): Finding[] {
  const findings: Finding[] = [];
  if (!known.buses.has(bus) && !lost.has(['buses'])) {
    const hint = suggest(bus, [...known.buses]);
    findings.push(error(['devices', index, 'bus'], `there is no bus ${JSON.stringify(bus)}`, hint));
  }
  if (!known.profiles.has(profile) && !lost.has(['profiles'])) {
    const hint = suggest(profile, [...known.profiles]);
    findings.push(error(['devices', index, 'profile'], `there is no profile ${JSON.stringify(profile)}`, hint));
  }
  return findings;
}

function checkAddress(device: DeviceConfig, index: number, { config, drivers }: CheckInput): Finding[] {
  const bus = config.buses.find(({ id }) => id === device.bus);
  const addressing = addressingOf(device, config, drivers);
  if (!bus || !addressing) return [];
  const { key } = addressing;
  const other = key === 'unit' ? 'address' : 'unit';
  const path = ['devices', index, key] as const;
  const taken =
    device[other] === undefined
      ? []
      : [error(['devices', index, other], `a device of this profile has no "${other}"`, `it has "${key}"`)];
  if (device[key] === undefined) {
    const what = key === 'unit' ? 'its address on the bus, as 1' : 'what is printed on the meter, in quotes';
    return [...taken, error(path, `"${key}" is missing`, what)];
  }
  const parsed = addressing.parse(String(device[key]), bus.type);
  return parsed.ok ? taken : [...taken, error(path, parsed.message, parsed.hint)];
}

function addressingOf(device: DeviceConfig, config: SiteConfig, drivers: readonly Driver[]): Addressing | undefined {
  const name = config.profiles.get(device.profile)?.driver;
  return drivers.find((driver) => driver.name === name)?.addressing;
}

function checkSerial({ serial }: DeviceConfig, index: number, bus: BusConfig | undefined): Finding[] {
  if (!serial || !bus || bus.type === 'serial') return [];
  const why =
    bus.type === 'tcp-serial'
      ? 'the rate of a serial device server is set in the server: the gateway cannot switch it'
      : 'Modbus TCP has no baud rate';
  return [error(['devices', index, 'serial'], why, 'remove it, or give the device a bus of type serial')];
}

function checkPeriods({ poll, profile: id }: DeviceConfig, index: number, { config }: CheckInput): Finding[] {
  const profile = config.profiles.get(id);
  if (!poll || !profile) return [];
  const used = new Set<string>(profile.points.map((point) => point.poll));
  return Object.keys(poll)
    .filter((name) => !used.has(name))
    .map((name) => {
      const hint = `its points are ${[...used].join(', ')}`;
      return warning(['devices', index, 'poll', name], `profile ${id} has no points of the class ${name}`, hint);
    });
}

/** A device that is not enabled may wait for the place of another; two protocols may number their devices alike. */
function oneAddressEach({ config, drivers }: CheckInput): Finding[] {
  const owners = new Map<string, DeviceConfig>();
  return config.devices.flatMap((device, index) => {
    const addressing = addressingOf(device, config, drivers);
    const bus = config.buses.find(({ id }) => id === device.bus);
    const parsed = bus && addressing?.parse(addressOf(device), bus.type);
    if (!device.enabled || !addressing || !parsed?.ok) return [];
    const address = JSON.stringify([device.bus, parsed.address, config.profiles.get(device.profile)?.driver]);
    const owner = owners.get(address);
    if (!owner) {
      owners.set(address, device);
      return [];
    }
    const message = `${addressing.key} ${addressOf(device)} of bus ${JSON.stringify(device.bus)} is ${JSON.stringify(owner.id)} already`;
    return [
      error(
        ['devices', index, addressing.key],
        message,
        'two devices with one address answer at once: give one another',
      ),
    ];
  });
}
