/** What a trial of a month is asked for on its command line. */
import { Command, InvalidArgumentError } from 'commander';

export interface TrialOptions {
  readonly homes: number;
  readonly homesPerLine: number;
  /** Simulated seconds a second; undefined: as fast as the lines bear. */
  readonly rate?: number;
  /** `2026-11`: the month that is billed. */
  readonly period: string;
  /** Where site, store, logs and bills stay. */
  readonly folder: string;
  /** Added to every port. */
  readonly portOffset: number;
}

export function parseOptions(): TrialOptions {
  const command = new Command('month')
    .description('Read simulated homes for a month in minutes, bill them, and hold every line against the dials')
    .argument('[folder]', 'where site, store, logs and bills stay', 'var/month')
    .option('--homes <n>', 'electricity, water, gas each', whole, 20)
    .option('--homes-per-line <n>', 'the fewer, the more often each meter is read', whole, 1)
    .option(
      '--rate <n>',
      'simulated seconds a second between the ends of the month; default: as fast as the lines bear',
      whole,
    )
    .option('--period <month>', 'the month to bill', month, '2026-11')
    .option('--port-offset <n>', 'added to every port', whole, 10_000)
    .parse();
  return { ...command.opts<Omit<TrialOptions, 'folder'>>(), folder: command.processedArgs[0] as string };
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('a whole number above 0');
}

function month(text: string): string {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError('a month such as 2026-11');
}
