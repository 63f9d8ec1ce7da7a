/** What a fire alarm opens: that it can be told to open, by an alarm that there is, and that no barrier is forgotten. */
import type { CommandSpec } from '../../../drivers/contract.ts';
import { checkValue } from '../../commands/accept.ts';
import type { FireReleaseSettings } from '../fire-release-schema.ts';
import { error, warning, type Finding } from '../mistakes/mistake.ts';
import type { Path } from '../mistakes/path.ts';
import { suggest } from '../mistakes/suggest.ts';
import type { DeviceConfig } from '../schema.ts';
import type { CheckInput } from './input.ts';

const SECTION = 'fireRelease';
const FIRE = 'fire.alarm';

type Target = FireReleaseSettings['targets'][number];

export function checkFireRelease(input: CheckInput): Finding[] {
  const { config, lost } = input;
  if (lost.has([SECTION])) return [];
  const { fireRelease } = config;
  if (!fireRelease) return config.alarms.some(({ type }) => type === FIRE) ? checkForgotten(input, []) : [];
  const { targets } = fireRelease;
  return [
    ...checkAlarms(fireRelease, input),
    ...targets.flatMap((target, index) => [
      ...checkTarget(target, [SECTION, 'targets', index], input),
      ...checkSources(target, [SECTION, 'targets', index], fireRelease, input),
    ]),
    ...checkTwice(targets),
    ...checkForgotten(input, targets),
  ];
}

/** A type that cannot occur may come with the next input module, or be mistyped. */
function checkAlarms({ alarms }: FireReleaseSettings, { config, lost }: CheckInput): Finding[] {
  if (lost.touches(['devices'])) return [];
  const types = [...new Set(config.alarms.map(({ type }) => type))];
  return alarms.flatMap((type, index) => {
    if (types.includes(type)) return [];
    const hint = suggest(type, types.length > 12 ? types.filter((known) => known.startsWith('fire.')) : types);
    return [warning([SECTION, 'alarms', index], `no alarm of type ${type} can occur here: it opens nothing`, hint)];
  });
}

function checkTarget(target: Target, path: Path, { config, known, lost }: CheckInput): Finding[] {
  const index = config.devices.findIndex(({ id }) => id === target.device);
  const device = config.devices[index];
  if (!device) {
    if (known.devices.has(target.device) || lost.has(['devices'])) return [];
    const hint = suggest(target.device, [...known.devices, ...config.devices.map(({ id }) => id)]);
    return [error([...path, 'device'], `there is no device ${JSON.stringify(target.device)}`, hint)];
  }
  const profile = config.profiles.get(device.profile);
  if (!profile || lost.anyOf(['devices', index], ['profile'])) return [];
  const spec = profile.commands.find(({ action }) => action === target.action);
  if (spec) return [...checkCommand(target, spec, path), ...checkEnabled(device, path)];
  const names = profile.commands.map(({ action }) => action);
  const hint = names.length === 0 ? 'its profile has no commands' : suggest(target.action, names);
  return [error([...path, 'action'], `${device.id} has no command ${JSON.stringify(target.action)}`, hint)];
}

function checkCommand({ device, action, value }: Target, spec: CommandSpec, path: Path): Finding[] {
  if (spec.supply)
    return [error([...path, 'action'], `${action} of ${device} is about a home's supply, and opens no way out`)];
  if (spec.passage === 'closes' || spec.passage === 'stops') {
    return [error([...path, 'action'], `${action} does not open ${device}: it ${spec.passage} it`)];
  }
  const mistaken = checkValue(spec, value ?? null);
  if (mistaken) {
    return [
      error(
        [...path, value === undefined ? 'action' : 'value'],
        mistaken.message,
        value === undefined ? 'give a value' : undefined,
      ),
    ];
  }
  if (!spec.blind) return [];
  return [
    warning(
      [...path, 'action'],
      `nothing shows that ${action} has opened ${device}: it counts as open once it has taken the command`,
    ),
  ];
}

function checkEnabled({ id, enabled }: DeviceConfig, path: Path): Finding[] {
  return enabled ? [] : [warning([...path, 'device'], `${id} is switched off: no fire alarm opens it`)];
}

function checkSources(
  { sources = [] }: Target,
  path: Path,
  { alarms }: FireReleaseSettings,
  input: CheckInput,
): Finding[] {
  const { config, known, lost } = input;
  const names = new Set([...known.equipment, ...known.devices, ...config.devices.map(({ id }) => id)]);
  return sources.flatMap((source, index) => {
    const place = [...path, 'sources', index];
    if (!names.has(source)) {
      if (lost.has(['equipment']) || lost.has(['devices'])) return [];
      return [error(place, `there is no equipment or device ${JSON.stringify(source)}`, suggest(source, [...names]))];
    }
    if (
      lost.touches(['devices']) ||
      config.alarms.some((alarm) => alarm.source === source && alarms.includes(alarm.type))
    ) {
      return [];
    }
    return [warning(place, `${source} has no alarm of type ${alarms.join(' or ')}: it opens nothing`)];
  });
}

function checkTwice(targets: readonly Target[]): Finding[] {
  return targets.flatMap(({ device, action }, index) => {
    const first = targets.findIndex((target) => target.device === device && target.action === action);
    if (first === index) return [];
    return [
      error([SECTION, 'targets', index], `${action} of ${device} is a target already`, 'one command, one target'),
    ];
  });
}

/** Whatever opens for people or cars, by what its profile says or what it belongs to. */
function checkForgotten({ config, lost }: CheckInput, targets: readonly Target[]): Finding[] {
  if (lost.has(['equipment'])) return [];
  const barriers = new Set(config.equipment.flatMap(({ id, kind }) => (kind === 'barrier' ? id : [])));
  const opened = new Set(targets.map(({ device }) => device));
  return config.devices.flatMap(({ id, enabled, equipment, profile }, index) => {
    const commands = config.profiles.get(profile)?.commands ?? [];
    const isBarrier = equipment !== undefined && barriers.has(equipment) && commands.length > 0;
    if (opened.has(id) || !enabled || !(isBarrier || commands.some(({ passage }) => passage === 'opens'))) return [];
    return [warning(['devices', index, 'id'], `no fire alarm opens ${id}`, 'name it in fireRelease')];
  });
}
