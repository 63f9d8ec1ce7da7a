/** `gatehouse simulate`: a community of simulated devices, and what can happen to it. */
import { Command, Option } from 'commander';
import { suggest } from '../config/mistakes/suggest.ts';
import { usageError } from './exit.ts';
import { wholeNumber } from './options/numbers.ts';
import { DEFAULT_CONTROL, type ControlOptions, type PlayOptions, type SimulateOptions } from './simulate/options.ts';

const ORDERS = ['play', 'list', 'site', 'unplug', 'plug'];

const EXAMPLES = `
Examples:
  $ scripts/gatehouse simulate
  $ scripts/gatehouse simulate play "a person trapped in lift 3-2"      in another terminal
  $ scripts/gatehouse simulate unplug pump-room`;

/** Each subcommand takes the option of the command above it. */
const ELSEWHERE = '\n\nWhere the simulators are not on port 15000: --control http://127.0.0.1:16000';

export function simulateCommand(): Command {
  return (
    new Command('simulate')
      .summary('start simulated devices, or make something happen to them')
      .description(
        'Starts the simulated community of config/site.yaml on real TCP ports and pseudo-terminals, until Ctrl-C. While it runs, ' +
          'the subcommands play scenarios and pull cables.',
      )
      .addOption(
        new Option('--size <size>', 'how many devices; large is that of config/large, metering has homes with meters')
          .choices(['small', 'large', 'metering'])
          .default('small'),
      )
      .option('--homes <n>', 'with --size metering: how many, with three meters each', wholeNumber(1, 10_000))
      .option(
        '--heated-homes <n>',
        'how many of them have heat, hot water and reclaimed water besides (20)',
        wholeNumber(0, 100),
      )
      .option('--scenario <name>', 'play this as soon as the devices answer')
      .option('--no-pty', 'serial lines get a TCP port each instead of a pseudo-terminal')
      .option('--port-offset <n>', 'add this to every TCP port, the control port too', wholeNumber(0, 40_000))
      .option('--seed <n>', 'decides every wobble and every fault', wholeNumber(0, 2 ** 31))
      .addOption(controlOption())
      .addHelpText('after', EXAMPLES)
      // What is none of the subcommands ends here: it is misspelt.
      .argument('[words...]')
      .usage('[options] [command]')
      .action(async ([word]: readonly string[], options: SimulateOptions) => {
        if (word !== undefined) throw usageError(`there is no "simulate ${word}"`, suggest(word, ORDERS));
        const { runSimulators } = await import('./simulate/run-simulators.ts');
        await runSimulators(options);
      })
      .addCommand(playCommand())
      .addCommand(listCommand())
      .addCommand(siteCommand())
      .addCommand(
        cableCommand('unplug', 'pull the cable of a line', 'Pulls the cable of a line of the running simulators'),
      )
      .addCommand(
        cableCommand('plug', 'put the cable of a line back', 'Puts the cable of a line of the running simulators back'),
      )
  );
}

function playCommand(): Command {
  return new Command('play')
    .summary('play a scenario on the running simulators')
    .description(
      'Plays a scenario on the running simulators; `simulate list` has their names. What is being played is not played a ' +
        'second time at once.',
    )
    .argument('<scenario...>', 'its name')
    .option('--speed <n>', 'how many times as fast the steps follow each other', Number, 1)
    .addHelpText('after', `\nExample:\n  $ scripts/gatehouse simulate play "mains fails, generator starts"${ELSEWHERE}`)
    .action(async (words: readonly string[], _: unknown, command: Command) => {
      const { play } = await import('./simulate/run-control.ts');
      await play(words.join(' '), command.optsWithGlobals<PlayOptions>());
    });
}

function listCommand(): Command {
  return new Command('list')
    .summary('list the scenarios, and the lines with what is on them')
    .description('Lists the scenarios of the running simulators, and their lines with the devices on them.')
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', `\nExample:\n  $ scripts/gatehouse simulate list${ELSEWHERE}`)
    .action(async (_: unknown, command: Command) => {
      const { list } = await import('./simulate/run-control.ts');
      await list(command.optsWithGlobals<ControlOptions & { json?: boolean }>());
    });
}

function siteCommand(): Command {
  return new Command('site')
    .summary('write a site for the metered homes of the running simulators')
    .description(
      'Writes site.yaml, meters.csv and homes.csv for the homes of simulators that run with --size metering: what an installer ' +
        'and an office would have written. Files that are there already stay as they are.',
    )
    .argument('<folder>', 'where to; it is made where it is missing')
    .addHelpText('after', `\nExample:\n  $ scripts/gatehouse simulate site my-homes${ELSEWHERE}`)
    .action(async (folder: string, _: unknown, command: Command) => {
      const { writeHomesSite } = await import('./simulate/write-homes-site.ts');
      await writeHomesSite(folder, command.optsWithGlobals<ControlOptions>());
    });
}

function cableCommand(verb: 'plug' | 'unplug', summary: string, description: string): Command {
  return new Command(verb)
    .summary(summary)
    .description(`${description}; \`simulate list\` has their ids.`)
    .argument('<line>', 'its id, as meters-1')
    .addHelpText('after', `\nExample:\n  $ scripts/gatehouse simulate ${verb} meters-1${ELSEWHERE}`)
    .action(async (line: string, _: unknown, command: Command) => {
      const { moveCable } = await import('./simulate/run-control.ts');
      await moveCable(verb, line, command.optsWithGlobals<ControlOptions>());
    });
}

function controlOption(): Option {
  return new Option('--control <url>', 'where the simulators take orders').default(DEFAULT_CONTROL);
}
