/** Reads every device profile of the given folders, used or not: one model, one JSON file. */
import { basename, join } from 'node:path';
import type { Driver, Profile } from '../../drivers/contract.ts';
import { parseJson } from './files/document.ts';
import type { FilesRead } from './files/read-files.ts';
import { error, type Finding, type Mistake, type Position } from './mistakes/mistake.ts';
import { valueAt } from './mistakes/path.ts';
import { suggest } from './mistakes/suggest.ts';

export interface ProfilesRead {
  readonly profiles: ReadonlyMap<string, Profile>;
  /**
   * Ids of all that there are, those with mistakes included: a reference to one of them is no second mistake. A file
   * that cannot be read at all is taken for the profile of its name.
   */
  readonly ids: ReadonlySet<string>;
  readonly mistakes: readonly Mistake[];
  /** Folders that are not there. */
  readonly absent: readonly string[];
}

const LARGEST_MB = 1;
const atStart = (): Position => ({ line: 1, column: 1 });

export async function readProfiles(
  folders: readonly string[],
  drivers: readonly Driver[],
  read: FilesRead,
): Promise<ProfilesRead> {
  const profiles = new Map<string, Profile>();
  const owners = new Map<string, string>();
  const mistakes: Mistake[] = [];
  const absent: string[] = [];
  for (const folder of folders) {
    const names = await read.folder(folder, '.json');
    if (!names) absent.push(folder);
    for (const name of names ?? []) {
      const file = join(folder, name);
      const result = await readProfile(file, drivers, read);
      const { id, profile } = result;
      mistakes.push(...result.mistakes);
      const owner = id === undefined ? undefined : owners.get(id);
      if (owner !== undefined && owner !== file) {
        const message = `${owner} has the id ${JSON.stringify(id)} already`;
        mistakes.push({ file, ...result.idAt(), message, hint: 'give one another id', severity: 'error' });
      } else if (id !== undefined) owners.set(id, file);
      if (profile && owner === undefined) profiles.set(profile.id, profile);
    }
  }
  return { profiles, ids: new Set(owners.keys()), mistakes, absent };
}

interface ProfileRead {
  readonly id?: string | undefined;
  readonly idAt: () => Position;
  readonly profile?: Profile | undefined;
  readonly mistakes: readonly Mistake[];
}

async function readProfile(file: string, drivers: readonly Driver[], read: FilesRead): Promise<ProfileRead> {
  const found = await read.text(file, LARGEST_MB);
  if (found.state === 'unusable') return { id: basename(file, '.json'), idAt: atStart, mistakes: [found.mistake] };
  // Deleted between the listing and the reading.
  if (found.state === 'absent') return { idAt: atStart, mistakes: [] };
  const { value, spots, locate } = parseJson(found.text);
  const syntax = spots.map((spot) => ({ file, ...spot }));
  if (value === undefined) return { id: basename(file, '.json'), idAt: atStart, mistakes: syntax };
  const { profile, findings } = interpret(value, drivers);
  const mistakes = findings.map(({ path, ...said }) => ({ file, ...locate(path), ...said }));
  const id = valueAt(value, ['id']);
  return {
    id: typeof id === 'string' ? id : undefined,
    idAt: () => locate(['id']),
    profile: syntax.length === 0 ? profile : undefined,
    mistakes: [...syntax, ...mistakes],
  };
}

function interpret(value: unknown, drivers: readonly Driver[]): { profile?: Profile; findings: readonly Finding[] } {
  const name = valueAt(value, ['driver']);
  const driver = drivers.find((candidate) => candidate.name === name);
  if (!driver) {
    const names = drivers.map((candidate) => candidate.name);
    const missing = typeof name !== 'string';
    const message = missing ? 'a profile must say its "driver"' : `there is no driver ${JSON.stringify(name)}`;
    return { findings: [error(['driver'], message, missing ? `one of ${names.join(', ')}` : suggest(name, names))] };
  }
  const result = driver.parseProfile(value);
  if (result.ok) return { profile: result.profile, findings: [] };
  return { findings: result.mistakes.map(({ path, message }) => error(path, message)) };
}
