/** Whose supply may be cut and given back: that there is such a device, that it can be told to, and by two of the site's people. */
import { ROLES } from '../people-schema.ts';
import { warning, type Finding } from '../mistakes/mistake.ts';
import type { Path } from '../mistakes/path.ts';
import { suggest } from '../mistakes/suggest.ts';
import type { CheckInput } from './input.ts';

const SECTION = 'supply';

/** Warnings alone: meters come and go with their tables, and what is wrong here allows nothing. */
export function checkSupply(input: CheckInput): Finding[] {
  const { config, lost } = input;
  const { allow } = config.supply;
  if (lost.has([SECTION]) || allow.length === 0) return [];
  const ofDevices = allow.flatMap((id, index) => checkDevice(id, [SECTION, 'allow', index], input));
  return lost.has(['people']) ? ofDevices : [...ofDevices, ...checkPeople(input)];
}

function checkDevice(id: string, path: Path, { config, known, lost }: CheckInput): Finding[] {
  const index = config.devices.findIndex((device) => device.id === id);
  const device = config.devices[index];
  if (!device) {
    if (known.devices.has(id) || lost.has(['devices'])) return [];
    // Those of the meters' tables as well.
    const names = [...new Set([...known.devices, ...config.devices.map((other) => other.id)])];
    return [warning(path, `there is no device ${JSON.stringify(id)}: it allows nothing`, suggest(id, names))];
  }
  const profile = config.profiles.get(device.profile);
  if (!profile || lost.anyOf(['devices', index], ['profile'])) return [];
  if (profile.commands.some(({ supply }) => supply)) return [];
  return [warning(path, `${id} has no breaker and no valve that can be commanded: it allows nothing`)];
}

function checkPeople({ config: { people, supply } }: CheckInput): Finding[] {
  const path = [SECTION, 'roles'];
  const { roles } = supply;
  if (people.length === 0) {
    const hint = '"people" in the site file';
    return roles.length === 0 ? [] : [warning(path, 'the site names nobody, and so anybody may ask for it', hint)];
  }
  const may = people.filter((person) => roles.length === 0 || person.roles.some((role) => roles.includes(role)));
  if (may.length >= 2) return [];
  const wanted = roles.map((role) => `${role} (${ROLES[role]})`).join(', ');
  const whose = roles.length === 0 ? 'the site names one person' : `${may.length} of the people has the role ${wanted}`;
  return [warning(roles.length === 0 ? [SECTION] : path, `${whose}: one asks for it, and another one has to confirm`)];
}
