/** `gatehouse check`: every mistake of a site's files, and whether each bus has the time for its schedule. */
import { Command } from 'commander';
import type { CheckOptions } from './check/options.ts';
import { callerPath } from './options/caller-path.ts';
import { DEFAULT_SITE } from './options/site-option.ts';

export function checkCommand(): Command {
  return new Command('check')
    .summary('read all files of a site and print every mistake')
    .description(
      'Reads the site file and all that it names: device lists, meters, homes, profiles, alarm rules. Prints every mistake with its file, ' +
        'line and what would be right, then how much of its time each bus needs. Touches no wire.',
    )
    .argument('[site]', 'the site file', (name: string) => callerPath(name), DEFAULT_SITE)
    .option('--strict', 'end with 1 for warnings too')
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse check config/large/site.yaml')
    .action(async (site: string, options: CheckOptions) => {
      const { runCheck } = await import('./check/run-check.ts');
      await runCheck(site, options);
    });
}
