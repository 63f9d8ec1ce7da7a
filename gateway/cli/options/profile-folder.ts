/** Device models from a folder of profiles, where there is no site that names them. */
import { Option } from 'commander';
import { callerPath } from './caller-path.ts';

export const DEFAULT_PROFILES = 'config/profiles';

export function profileFolderOption(): Option {
  return new Option('--profile-folder <folder>', 'where the device models are')
    .default(DEFAULT_PROFILES)
    .argParser((name: string) => callerPath(name));
}
