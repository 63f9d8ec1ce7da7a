/** Each device has a bus, a model and an address of its own. */
import type { CheckInput } from './input.ts';
import { error, warning, type Finding } from '../mistakes/mistake.ts';
import { suggest } from '../mistakes/suggest.ts';
import type { BusConfig, DeviceConfig } from '../schema.ts';

/** Modbus over Serial Line V1.02, 2.2: 0 is broadcast, 248 to 255 are reserved. */
const HIGHEST_LINE_UNIT = 247;

export function checkDevices(input: CheckInput): Finding[] {
  const buses = new Map(input.config.buses.map((bus) => [bus.id, bus]));
  return [
    ...input.config.devices.flatMap((device, index) => [
      ...checkReferences(device, index, input),
      ...checkUnit(device, index, buses.get(device.bus)),
      ...checkSerial(device, index, buses.get(device.bus)),
      ...checkPeriods(device, index, input),
    ]),
    ...oneAddressEach(input),
  ];
}

function checkReferences({ bus, profile }: DeviceConfig, index: number, { known }: CheckInput): Finding[] {
  const findings: Finding[] = [];
  if (!known.buses.has(bus)) {
    const hint = suggest(bus, [...known.buses]);
    findings.push(error(['devices', index, 'bus'], `there is no bus ${JSON.stringify(bus)}`, hint));
  }
  if (!known.profiles.has(profile)) {
    const hint = suggest(profile, [...known.profiles]);
    findings.push(error(['devices', index, 'profile'], `there is no profile ${JSON.stringify(profile)}`, hint));
  }
  return findings;
}

function checkUnit({ unit }: DeviceConfig, index: number, bus: BusConfig | undefined): Finding[] {
  if (!bus || (unit >= 1 && unit <= HIGHEST_LINE_UNIT)) return [];
  const path = ['devices', index, 'unit'] as const;
  if (bus.type !== 'modbus-tcp') {
    const why = unit === 0 ? 'is for broadcasts, which nobody answers' : 'is reserved';
    return [error(path, `unit ${unit} ${why} on a serial line`, `1 to ${HIGHEST_LINE_UNIT}`)];
  }
  if (unit === 0 || unit === 255) return [];
  return [error(path, `unit ${unit} is reserved`, `1 to ${HIGHEST_LINE_UNIT}, or 0 or 255 for the server itself`)];
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
function oneAddressEach({ config }: CheckInput): Finding[] {
  const owners = new Map<string, DeviceConfig>();
  return config.devices.flatMap((device, index) => {
    const protocol = config.profiles.get(device.profile)?.driver;
    const address = JSON.stringify([device.bus, device.unit, protocol]);
    const owner = owners.get(address);
    if (!device.enabled || protocol === undefined) return [];
    if (!owner) {
      owners.set(address, device);
      return [];
    }
    const message = `unit ${device.unit} of bus ${JSON.stringify(device.bus)} is ${JSON.stringify(owner.id)} already`;
    return [
      error(['devices', index, 'unit'], message, 'two devices with one address answer at once: give one another'),
    ];
  });
}
