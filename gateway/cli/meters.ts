/** `gatehouse meters`: the meters that a site bills by. */
import { Command } from 'commander';
import { showing, type ShowOptions } from './api/options.ts';
import type { ExportOptions } from './meters/export-tables.ts';
import type { ListOptions } from './meters/options.ts';
import { callerPath } from './options/caller-path.ts';
import { utility } from './options/utility.ts';
import { siteOption } from './options/site-option.ts';

export function metersCommand(): Command {
  return new Command('meters')
    .summary('list the meters that a site bills by, export their tables')
    .description('Shows the registry of meters and homes of a site. `check` says what is wrong with it.')
    .addCommand(listCommand())
    .addCommand(exportCommand())
    .addCommand(versionsCommand())
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

function exportCommand(): Command {
  return showing(new Command('export'))
    .description('Writes the tables of meters and homes byte for byte as the gateway that runs has taken them over.')
    .argument('[version]', 'as a billing run or `versions` names it; unset: the one in force')
    .option('--to <folder>', 'where they go', (name: string) => callerPath(name), '.')
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse meters export --to tables')
    .action(async (version: string | undefined, options: ExportOptions) => {
      const { exportTables } = await import('./meters/export-tables.ts');
      await exportTables(version, options);
    });
}

function versionsCommand(): Command {
  return showing(new Command('versions'))
    .description('Lists the versions of these tables that have been in force, newest first.')
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse meters versions')
    .action(async (options: ShowOptions) => {
      const { listVersions } = await import('./meters/export-tables.ts');
      await listVersions(options);
    });
}
