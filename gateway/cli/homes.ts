/** `gatehouse homes`: homes with zones, and arming and disarming them. */
import { Command, Option } from 'commander';
import { changing, showing, type ShowOptions } from './api/options.ts';
import type { ArmOptions, DisarmOptions } from './homes/arm.ts';

const EXAMPLES = `
Examples:
  how all homes with zones stand
  $ scripts/gatehouse homes

  $ scripts/gatehouse homes arm home-3-1201 --mode away --by "guard 1"`;

export function homesCommand(): Command {
  return new Command('homes')
    .summary('arm and disarm homes, and show how they stand')
    .description('Homes with zones, of the gateway that runs: `list` is what is done where nothing else is named.')
    .addHelpText('after', EXAMPLES)
    .addCommand(list(), { isDefault: true })
    .addCommand(show())
    .addCommand(arm())
    .addCommand(disarm());
}

function example(words: string): string {
  return `\nExample:\n  $ scripts/gatehouse homes ${words}`;
}

function list(): Command {
  return showing(new Command('list'))
    .description('Lists the homes that have zones, and whether they are armed.')
    .addHelpText('after', example('list'))
    .action(async (options: ShowOptions) => {
      const { listHomes } = await import('./homes/show.ts');
      await listHomes(options);
    });
}

function show(): Command {
  return showing(new Command('show'))
    .description('Shows one home and its zones.')
    .argument('<home>', 'as the list shows it')
    .addHelpText('after', example('show home-3-1201'))
    .action(async (home: string, options: ShowOptions) => {
      const { showHome } = await import('./homes/show.ts');
      await showHome(home, options);
    });
}

function arm(): Command {
  return changing(new Command('arm'))
    .description('Arms a home. It is refused where a zone is open or cannot be read.')
    .argument('<home>', 'as the list shows it')
    .addOption(new Option('--mode <mode>', 'stay: people are inside').choices(['away', 'stay']).default('away'))
    .option('--force', 'without the zones that are open')
    .addHelpText('after', example('arm home-3-1201 --mode away --by "guard 1"'))
    .action(async (home: string, options: ArmOptions) => {
      const { arm: run } = await import('./homes/arm.ts');
      await run(home, options);
    });
}

function disarm(): Command {
  return changing(new Command('disarm'))
    .description('Disarms a home.')
    .argument('<home>', 'as the list shows it')
    .option('--duress', 'whoever asks is forced to: the control room alone is told')
    .addHelpText('after', example('disarm home-3-1201 --by "guard 1"'))
    .action(async (home: string, options: DisarmOptions) => {
      const { disarm: run } = await import('./homes/arm.ts');
      await run(home, options);
    });
}
