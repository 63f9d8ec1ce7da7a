/** `gatehouse readings`: what people decide about readings of meters, note themselves, or have read now. */
import { Argument, Command, Option } from 'commander';
import { changing, showing, type ChangeOptions, type ShowOptions } from './api/options.ts';
import { wholeNumber } from './options/numbers.ts';
import type { EnterOptions, MoveOptions, SettleOptions } from './readings/run-change.ts';

const EXAMPLES = `
Examples:
  $ scripts/gatehouse readings suspects
  $ scripts/gatehouse readings settle 1234 accept --note "seen on site"
  $ scripts/gatehouse readings enter W-1202 123.4`;

const CONFIRMED = 'the value is right although it does not fit the readings around it';

export function readingsCommand(): Command {
  const command = new Command('readings')
    .summary('settle readings in doubt, enter readings, read a meter now')
    .description('Readings of meters, by the gateway that runs. docs/billing.md explains them.')
    .addHelpText('after', EXAMPLES);
  for (const make of [suspects, settle, settleAll, enter, read, move]) command.addCommand(make());
  return command;
}

function example(words: string): string {
  return `\nExample:\n  $ scripts/gatehouse readings ${words}`;
}

function suspects(): Command {
  return showing(new Command('suspects'))
    .description('Lists the readings in doubt: they are held from billing until somebody settles them.')
    .option('--meter <number>', 'those of this meter')
    .addHelpText('after', example('suspects --meter 000012345678'))
    .action(async (options: ShowOptions & { readonly meter?: string }) => {
      const { listSuspects } = await import('./readings/list-suspects.ts');
      await listSuspects(options);
    });
}

function settle(): Command {
  return changing(new Command('settle'))
    .description('Settles a reading in doubt. `replace` and `estimate` put a value of yours in its place.')
    .argument('<id>', 'of the reading', wholeNumber(1, Number.MAX_SAFE_INTEGER))
    .addArgument(new Argument('<decision>').choices(['accept', 'reject', 'replace', 'estimate']))
    .option('--value <value>', 'what the dial showed; of an estimate unset: by the usual use')
    .option('--confirmed', CONFIRMED)
    .requiredOption('--note <text>', 'why; it may stand on the bill')
    .addHelpText('after', example('settle 1234 replace --value 123.4 --note "read on site"'))
    .action(async (id: number, decision: string, options: SettleOptions) => {
      const { settleOne } = await import('./readings/run-change.ts');
      await settleOne(id, decision, options);
    });
}

function settleAll(): Command {
  return changing(new Command('settle-all'))
    .description('Accepts or rejects all readings of a meter that are in doubt.')
    .argument('<meter>', 'its number')
    .addArgument(new Argument('<decision>').choices(['accept', 'reject']))
    .requiredOption('--note <text>', 'why; it may stand on the bill')
    .addHelpText('after', example('settle-all 000012345678 reject --note "the module was wet"'))
    .action(async (meter: string, decision: string, options: SettleOptions) => {
      const { settleMeter } = await import('./readings/run-change.ts');
      await settleMeter(meter, decision, options);
    });
}

function enter(): Command {
  return changing(new Command('enter'))
    .description('Enters what a person has read.')
    .argument('<meter>', 'its number')
    .argument('<value>', 'as the dial shows it')
    .option('--at <time>', 'when, as 2026-12-01T08:00:00+08:00; unset: now')
    .option('--estimated', 'nobody has read it: it is an estimate')
    .option('--confirmed', CONFIRMED)
    .addOption(occasion('people moved in or out'))
    .option('--note <text>', 'what is to be said of it')
    .addHelpText('after', example('enter W-1202 123.4 --at 2026-12-01T08:00:00+08:00'))
    .action(async (meter: string, value: string, options: EnterOptions) => {
      const { enterOne } = await import('./readings/run-change.ts');
      await enterOne(meter, value, options);
    });
}

function read(): Command {
  return changing(new Command('read'))
    .description('Asks a meter now, and shows what it says.')
    .argument('<meter>', 'its number')
    .addHelpText('after', example('read 000012345678'))
    .action(async (meter: string, options: ChangeOptions) => {
      const { readOne } = await import('./readings/run-change.ts');
      await readOne(meter, options);
    });
}

function move(): Command {
  return changing(new Command('move'))
    .description('Reads all meters of a home now, because people move in or out.')
    .argument('<home>', 'its id')
    .addOption(occasion('which of the two').makeOptionMandatory())
    .option('--value <meter=value...>', 'what was read by hand: these are not asked')
    .option('--note <text>', 'what is to be said of it')
    .addHelpText('after', example('move 3-1-1201 --occasion moveOut --value W-1202=123.4'))
    .action(async (home: string, options: MoveOptions) => {
      const { moveHome } = await import('./readings/run-change.ts');
      await moveHome(home, options);
    });
}

function occasion(description: string): Option {
  return new Option('--occasion <which>', description).choices(['moveIn', 'moveOut']);
}
