/** Of `gatehouse alarms` what looks back: the history, the report of one occurrence, figures, and what fires opened. */
import { Command, Option } from 'commander';
import { showing } from '../api/options.ts';
import { wholeNumber } from '../options/numbers.ts';
import type { FiguresOptions } from './figures.ts';
import type { HistoryOptions } from './history.ts';
import type { ReleasesOptions } from './releases.ts';
import type { ReportOptions } from './report.ts';
import { instant } from './times.ts';

const HISTORY = `
Examples:
  who saw to the lifts' alarms of one night
  $ scripts/gatehouse alarms history --type lift.carAlarm --from 2026-11-21T23:00:00+08:00 --to 2026-11-22T07:00:00+08:00

  a year of one building, for a spreadsheet
  $ scripts/gatehouse alarms history --location 3号楼 --limit 100000 --csv > building-3.csv`;

export function history(): Command {
  return showing(new Command('history'))
    .summary('what happened to alarms')
    .description('Lists what happened to alarms, an occurrence a line, the newest beginning first.')
    .option('--from <time>', 'began then or later, as 2026-11-22T08:00:00+08:00', instant)
    .option('--to <time>', 'began before that', instant)
    .option('--type <type>', 'alarm type, as lift.carAlarm')
    .option('--source <id>', 'the equipment or device that it is about')
    .option('--device <id>', 'the device that tells of it')
    .option('--location <text>', 'part of where the source is')
    .option('--by <name>', 'whoever acted on it')
    .addOption(new Option('--priority <n>', '1: life … 4: in working hours').choices(['1', '2', '3', '4']))
    .addOption(new Option('--drill <which>', 'drills alone, or none of them').choices(['true', 'false']))
    .addOption(new Option('--state <state>', 'whether people are done with it').choices(['open', 'closed']))
    .option('--limit <n>', 'so many at most', wholeNumber(1, 1_000_000), 100)
    .option('--csv', 'for spreadsheets, instead of text')
    .addHelpText('after', HISTORY)
    .action(async (options: HistoryOptions) => {
      const { showHistory } = await import('./history.ts');
      await showHistory(options);
    });
}

export function report(): Command {
  return showing(new Command('report'))
    .summary('the report of one occurrence')
    .description(
      'Tells what happened from the raise of an alarm to its end, with who did what and what else was the matter.',
    )
    .argument('<occurrence>', 'as the history shows it')
    .option('--html', 'a document to be printed, instead of text')
    .addHelpText(
      'after',
      '\nExample:\n  $ scripts/gatehouse alarms report lift-3-2--lift-carAlarm-1768437000000 --html > report.html',
    )
    .action(async (occurrence: string, options: ReportOptions) => {
      const { showReport } = await import('./report.ts');
      await showReport(occurrence, options);
    });
}

export function figures(): Command {
  return showing(new Command('figures'))
    .summary('how the alarm system performs')
    .description(
      'Counts alarms, floods, what chatters, what stands for more than a day, and how long acknowledging takes; of the last ' +
        'day, or of at most 31 days.',
    )
    .addOption(new Option('--by <what>', 'what a line is of').choices(['type', 'source', 'shift']).default('type'))
    .option('--from <time>', 'then or later, as 2026-11-22T08:00:00+08:00', instant)
    .option('--to <time>', 'before that', instant)
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse alarms figures --by shift')
    .action(async (options: FiguresOptions) => {
      const { showFigures } = await import('./figures.ts');
      await showFigures(options);
    });
}

export function releases(): Command {
  return showing(new Command('releases'))
    .summary('what fire alarms opened')
    .description('Lists which barriers and doors fire alarms asked to open, and what answered; the newest first.')
    .option('--limit <n>', 'so many fires at most', wholeNumber(1, 100), 10)
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse alarms releases')
    .action(async (options: ReleasesOptions) => {
      const { showReleases } = await import('./releases.ts');
      await showReleases(options);
    });
}
