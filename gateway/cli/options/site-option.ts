/** `--site`, the same in every command that has it. */
import { Option } from 'commander';
import { callerPath } from './caller-path.ts';

export const DEFAULT_SITE = 'config/site.yaml';

export function siteOption(): Option {
  return new Option('--site <file>', 'the site file')
    .default(DEFAULT_SITE)
    .argParser((name: string) => callerPath(name));
}
