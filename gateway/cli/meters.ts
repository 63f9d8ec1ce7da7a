/** `gatehouse meters`: the meters that a site bills by. */
import { Command } from 'commander';
import type { ListOptions } from './meters/options.ts';
import { utility } from './options/utility.ts';
import { siteOption } from './options/site-option.ts';

export function metersCommand(): Command {
  return new Command('meters')
    .summary('list the meters that a site bills by')
    .description('Shows the registry of meters and homes of a site. `check` says what is wrong with it.')
    .addCommand(listCommand())
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse meters list --site my-site/site.yaml');
}

function listCommand(): Command {
  return new Command('list')
    .summary('list the meters of a site, those that were removed too')
    .description(
      'Lists the meters of the tables that a site file names under `meters`, with the values as the gateway understands them: ' +
        'times in one form, readings with the decimals of their register, defaults filled in.',
    )
    .addOption(siteOption())
    .option('--home <id>', 'those of this home')
    .option('--utility <name>', 'those of this utility, by any name that a table may give it', utility)
    .option('--present', 'only those that are still there')
    .option('--json', 'one JSON array instead of text')
    .option('--csv', 'a table for a spreadsheet instead of text')
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse meters list --utility 冷水 --csv > water.csv')
    .action(async (options: ListOptions) => {
      const { runList } = await import('./meters/run-list.ts');
      await runList(options);
    });
}
