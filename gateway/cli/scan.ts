/** `gatehouse scan`: which Modbus units answer on a bus. */
import { Command, Option } from 'commander';
import { serialFormat } from '../config/schema.ts';
import { numberRanges, oneOfEach, wholeNumber } from './options/numbers.ts';
import { ONE_MASTER } from './options/one-master.ts';
import { READ_FUNCTIONS, type ScanOptions } from './scan/options.ts';
import { siteOption } from './options/site-option.ts';

const RATES = [300, 600, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200] as const;

const units = numberRanges(0, 255);

const EXAMPLES = `
Examples:
  $ scripts/gatehouse scan --bus serial:///dev/ttyUSB0 --units 1-32 --rates 9600,2400 --formats 8N1,8E1
  $ scripts/gatehouse scan --bus modbus-tcp://10.0.0.5:502
  $ scripts/gatehouse scan --bus meters-1`;

export function scanCommand(): Command {
  return new Command('scan')
    .summary('find the Modbus devices of a bus')
    .description(
      'Asks every unit for one register and lists those that answer, if only with an exception. Reads only; writes nothing. ' +
        'Ends with lines for a device list. Ctrl-C ends it early, with what was found until then.\n\n' +
        ONE_MASTER,
    )
    .option(
      '--bus <url or id>',
      'where: modbus-tcp://host:port, tcp-serial://host:port, serial:///dev/…, or a bus of the site',
    )
    .addOption(siteOption())
    .addOption(
      new Option('--units <list>', 'which units to ask, as 1-10,17').argParser(units).default(units('1-247'), '1-247'),
    )
    .option('--rates <list>', 'serial ports: the baud rates to try, as 9600,2400', oneOfEach(RATES))
    .option('--formats <list>', 'serial ports: the formats to try, as 8N1,8E1', oneOfEach(serialFormat.options))
    .addOption(
      new Option('--ask <list>', 'the read functions to ask with, in turn, of 1 to 4')
        .argParser(oneOfEach(READ_FUNCTIONS))
        .default([3, 4], '3,4'),
    )
    .option('--timeout <ms>', 'how long to wait for each reply', wholeNumber(10, 60_000), 250)
    .option('--profile <id>', 'the model to write into the device list')
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ScanOptions) => {
      const { runScan } = await import('./scan/run-scan.ts');
      await runScan(options);
    });
}
