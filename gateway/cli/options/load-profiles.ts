/** Reads a folder of device profiles. */
import type { Profile } from '../../../drivers/contract.ts';
import { drivers } from '../../../drivers/index.ts';
import { FilesRead } from '../../config/files/read-files.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { readProfiles } from '../../config/profile-files.ts';
import { CliError, usageError } from '../exit.ts';

/** By id. Rejects with CliError where the folder is missing or a profile in it has a mistake. */
export async function loadProfiles(folder: string): Promise<ReadonlyMap<string, Profile>> {
  const { profiles, mistakes, absent } = await readProfiles([folder], drivers, new FilesRead());
  if (absent.length > 0) throw usageError(`there is no folder ${folder}`, 'name one with --profile-folder');
  const [first] = mistakes;
  if (first) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
    throw new CliError(`${first.file}:${first.line}:${first.column}: ${first.message}${more}`, first.hint);
  }
  return profiles;
}

/** Throws CliError with the nearest name. */
export function profileOf(profiles: ReadonlyMap<string, Profile>, id: string): Profile {
  const profile = profiles.get(id);
  if (profile) return profile;
  const hint = suggest(id, [...profiles.keys()]);
  throw usageError(`there is no profile ${JSON.stringify(id)}`, hint ?? 'scripts/gatehouse profiles lists them');
}
