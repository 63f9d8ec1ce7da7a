/** `gatehouse alarms`: what is not normal, what people decide about it, and a mirror that follows it. */
import { Command, Option } from 'commander';
import { changing, showing, type ShowOptions } from './api/options.ts';
import type { ButtonTestOptions } from './alarms/button-test.ts';
import type { DecideOptions, DecideVerb, DrillOptions, ShelveOptions } from './alarms/decide.ts';
import type { FollowOptions } from './alarms/follow/run-follow.ts';
import type { ListOptions } from './alarms/list-alarms.ts';
import { duration, instant } from './alarms/times.ts';
import { figures, history, releases, report } from './alarms/records.ts';
import { listening } from './mqtt/options.ts';

const EXAMPLES = `
Examples:
  what is not normal
  $ scripts/gatehouse alarms

  the same, kept up to date
  $ scripts/gatehouse alarms --follow

  $ scripts/gatehouse alarms ack lift-3-2--lift-carAlarm --note "on the way"`;

export function alarmsCommand(): Command {
  return new Command('alarms')
    .summary('list, follow, acknowledge and reset alarms')
    .description(
      'The alarms of the gateway that runs: `list` and its options are what is done where nothing else is named. ' +
        'docs/alarms.md explains the letters.',
    )
    .addHelpText('after', EXAMPLES)
    .addCommand(list(), { isDefault: true })
    .addCommand(groups())
    .addCommand(ack())
    .addCommand(reset())
    .addCommand(shelve())
    .addCommand(unshelve())
    .addCommand(remove())
    .addCommand(place())
    .addCommand(drill())
    .addCommand(endDrill())
    .addCommand(buttonTest())
    .addCommand(history())
    .addCommand(report())
    .addCommand(figures())
    .addCommand(releases());
}

function example(words: string): string {
  return `\nExample:\n  $ scripts/gatehouse alarms ${words}`;
}

function list(): Command {
  return listening(showing(new Command('list')))
    .summary('what is not normal')
    .description(
      'Lists the alarms that are not normal, most urgent first. --follow goes on by MQTT until Ctrl-C: it keeps a ' +
        'mirror of all alarms and says whenever it cannot be trusted, as docs/topics.md asks of a consumer; SIGUSR1 has ' +
        'it show the whole mirror.',
    )
    .option('--all', 'those that are normal too')
    .addOption(new Option('--follow', 'a line for each change, as it happens').conflicts(['all', 'api']))
    .addHelpText('after', example('list --all'))
    .action(async ({ follow, ...options }: ListOptions & FollowOptions & { readonly follow?: boolean }) => {
      if (follow) {
        const { runFollow } = await import('./alarms/follow/run-follow.ts');
        await runFollow(options);
      } else {
        const { listAlarms } = await import('./alarms/list-alarms.ts');
        await listAlarms(options);
      }
    });
}

function groups(): Command {
  return showing(new Command('groups'))
    .summary('the same in at most ten lines')
    .description(
      'Lists what is not normal in at most ten lines, by cause, with the alarm that came first, and whether there is a flood.',
    )
    .addHelpText('after', example('groups'))
    .action(async (options: ShowOptions) => {
      const { showGroups } = await import('./alarms/groups.ts');
      await showGroups(options);
    });
}

function deciding(name: DecideVerb, description: string): Command {
  return changing(new Command(name))
    .description(description)
    .argument('<alarm...>', 'as the list shows it')
    .action(async (alarms: readonly string[], options: DecideOptions) => {
      const { decide } = await import('./alarms/decide.ts');
      await decide(name, alarms, options);
    });
}

function ack(): Command {
  return deciding('ack', 'Acknowledges alarms as they are now: somebody has seen them and deals with them.')
    .option('--note <text>', 'what is done about it')
    .addHelpText('after', example('ack lift-3-2--lift-carAlarm --note "on the way"'));
}

function reset(): Command {
  return deciding('reset', 'Releases latched alarms, once on site all is well.')
    .requiredOption('--note <text>', 'what was found and done')
    .addHelpText('after', example('reset lift-3-2--lift-carAlarm --note "door opened, nobody hurt"'));
}

function shelve(): Command {
  return changing(new Command('shelve'))
    .description('Hides alarms for a time, with a reason. Not those of priority 1.')
    .argument('<alarm...>', 'as the list shows it')
    .requiredOption('--note <text>', 'the reason')
    .addOption(new Option('--for <time>', 'for how long, as 90m or 2h').argParser(duration).conflicts('until'))
    .option('--until <time>', 'until when, as 2026-12-01T08:00:00+08:00', instant)
    .addHelpText('after', example('shelve pump-low--pump-fault --for 2h --note "spare part on order"'))
    .action(async (alarms: readonly string[], options: ShelveOptions) => {
      const { shelve: run } = await import('./alarms/decide.ts');
      await run(alarms, options);
    });
}

function unshelve(): Command {
  return deciding('unshelve', 'Shows shelved alarms again, before their time is up.')
    .option('--note <text>', 'what the next on duty should know')
    .addHelpText('after', example('unshelve pump-low--pump-fault --note "the part is here"'));
}

function remove(): Command {
  return deciding(
    'remove',
    'Takes alarms out of service for work on their source, until they are placed in service again.',
  )
    .requiredOption('--note <text>', 'the permit: what is done, and on whose word')
    .addHelpText('after', example('remove pump-low--pump-fault --note "permit 12: motor is exchanged"'));
}

function place(): Command {
  return deciding('place', 'Puts alarms back into service.')
    .option('--note <text>', 'what the next on duty should know')
    .addHelpText('after', example('place pump-low--pump-fault --note "motor runs"'));
}

function drill(): Command {
  return changing(new Command('drill'))
    .description(
      'Raises an alarm as a drill: along the same path, and each row and event of it says that nothing is the matter.',
    )
    .argument('<alarm>', 'as the list shows it with --all; it has to be normal')
    .option('--note <text>', 'what is tried, and who was told')
    .addOption(new Option('--for <time>', 'it ends by itself after so long, 10m unless told').argParser(duration))
    .addHelpText('after', example('drill fire-2--fire-alarm --for 15m --note "monthly drill, all were told"'))
    .action(async (alarm: string, options: DrillOptions) => {
      const { drill: run } = await import('./alarms/decide.ts');
      await run(alarm, options);
    });
}

function endDrill(): Command {
  return deciding('end-drill', 'Ends drills before their time is over. They are acknowledged and reset like any alarm.')
    .option('--note <text>', 'how it went')
    .addHelpText('after', example('end-drill fire-2--fire-alarm --note "everybody was out after 4 minutes"'));
}

function buttonTest(): Command {
  return changing(new Command('button-test'))
    .description('Notes that you have tried the alarm button of a lift, within ten minutes of the press.')
    .argument('<lift>', 'the lift')
    .addOption(
      new Option('--result <result>', 'passed needs a press that was seen')
        .choices(['passed', 'failed'])
        .makeOptionMandatory(),
    )
    .option('--note <text>', 'what was found')
    .addHelpText('after', example('button-test lift-3-2 --result passed --by zhou'))
    .action(async (lift: string, options: ButtonTestOptions) => {
      const { noteButtonTest } = await import('./alarms/button-test.ts');
      await noteButtonTest(lift, options);
    });
}
