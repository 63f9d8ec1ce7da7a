/** The zones of homes: each is wired to something that there is, and to nothing else, and what its line shows tells states apart. */
import { eolValues } from '../../alarms/zone-tests.ts';
import type { HomeSecurity, ZoneConfig } from '../home-security-schema.ts';
import type { Path } from '../mistakes/path.ts';
import { error, type Finding } from '../mistakes/mistake.ts';
import { suggest } from '../mistakes/suggest.ts';
import { checkContact, checkPoint, type Wire } from './home-wires.ts';
import type { CheckInput } from './input.ts';

export function checkHomes(input: CheckInput): Finding[] {
  const homes = input.config.equipment.flatMap(({ id, kind, security }, index) =>
    security ? [{ id, kind, security, path: ['equipment', index, 'security'] as Path }] : [],
  );
  const taken = new Set(
    input.config.devices.flatMap(({ id, inputs }) => inputs.map(({ channel }) => `${id} ${channel}`)),
  );
  return homes.flatMap(({ id, kind, security, path }) => [
    ...(kind === 'home' ? [] : [error(path, `${id} is no home: only homes have zones`, 'kind: home')]),
    ...repeated(security, path),
    ...wires(security, path).flatMap((wire) => checkWire(wire, input, taken)),
    ...security.zones.flatMap(({ eol }, index) => (eol ? checkEol(eol, [...path, 'zones', index, 'eol']) : [])),
  ]);
}

function repeated({ zones }: HomeSecurity, path: Path): Finding[] {
  const ids = zones.map(({ id }) => id);
  return ids.flatMap((id, index) =>
    ids.indexOf(id) === index
      ? []
      : [
          error(
            [...path, 'zones', index, 'id'],
            `two zones of the home are called ${JSON.stringify(id)}`,
            'give one another id',
          ),
        ],
  );
}

function wires({ zones, keyswitch }: HomeSecurity, path: Path): Wire[] {
  const ofZones = zones.map((zone, index): Wire => ({ zone, on: zone, path: [...path, 'zones', index] }));
  return keyswitch ? [...ofZones, { zone: null, on: keyswitch, path: [...path, 'keyswitch'] }] : ofZones;
}

function checkWire(wire: Wire, input: CheckInput, taken: Set<string>): Finding[] {
  const { on, path, zone } = wire;
  const { config, known, lost } = input;
  if (!known.devices.has(on.device) && !lost.has(['devices']) && !lost.has(['deviceFiles'])) {
    const hint = suggest(on.device, [...known.devices]);
    return [error([...path, 'device'], `there is no device ${JSON.stringify(on.device)}`, hint)];
  }
  const mixed = lost.anyOf(path, ['channel', 'point', 'eol', 'invert']) ? [] : mixture(zone, on.channel, path);
  if (mixed.length > 0) return mixed;
  const device = config.devices.find(({ id }) => id === on.device);
  const profile = device && config.profiles.get(device.profile);
  if (!profile) return [];
  return on.channel === undefined ? checkPoint(wire, profile) : checkContact(wire, on.channel, profile, taken);
}

/** A contact has a channel; a line has a point and what it shows. */
function mixture(zone: ZoneConfig | null, channel: number | undefined, path: Path): Finding[] {
  const { point, eol, invert } = zone ?? {};
  if (channel === undefined && point === undefined)
    return [error(path, '"channel" is missing', zone ? 'or a point, with its eol' : undefined)];
  if (channel !== undefined && (point ?? eol) !== undefined)
    return [
      error([...path, 'channel'], 'a zone is a contact or a line, and not both', 'remove channel, or point and eol'),
    ];
  if (channel !== undefined) return [];
  if (eol === undefined) return [error(path, '"eol" is missing', 'what the point shows: normal, alarm, tolerance')];
  if (invert) return [error([...path, 'invert'], 'a line is not inverted: its eol says what is normal')];
  return [];
}

/** Between two bands there must be something: a value that is two things tells neither. */
function checkEol(eol: NonNullable<ZoneConfig['eol']>, path: Path): Finding[] {
  const values = eolValues(eol).toSorted((a, b) => a.value - b.value);
  return values.slice(1).flatMap((upper, index) => {
    const lower = values[index];
    if (!lower || upper.value - lower.value > 2 * eol.tolerance) return [];
    const message = `${lower.name} (${lower.value}) and ${upper.name} (${upper.value}) are not told apart with a tolerance of ${eol.tolerance}`;
    return [error([...path, 'tolerance'], message, 'a smaller tolerance, or other resistors')];
  });
}
