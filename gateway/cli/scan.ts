/** `gatehouse scan`: which devices and meters answer on a bus. */
import { Command, Option } from 'commander';
import { HIGHEST_PRIMARY } from '../../drivers/mbus/frame-control.ts';
import { serialFormat } from '../config/schema.ts';
import { numberRanges, oneOfEach, wholeNumber } from './options/numbers.ts';
import { ONE_MASTER } from './options/one-master.ts';
import { profileFolderOption } from './options/profile-folder.ts';
import { READ_FUNCTIONS, SCAN_PROTOCOLS, type ScanOptions } from './scan/options.ts';
import { siteOption } from './options/site-option.ts';

const RATES = [300, 600, 1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200] as const;

const units = numberRanges(0, 255);

const EXAMPLES = `
Examples:
  $ scripts/gatehouse scan --bus serial:///dev/ttyUSB0 --units 1-32 --rates 9600,2400 --formats 8N1,8E1
  $ scripts/gatehouse scan --bus modbus-tcp://10.0.0.5:502
  $ scripts/gatehouse scan --bus serial:///dev/ttyUSB0 --protocol dlt645
  $ scripts/gatehouse scan --bus tcp-serial://10.0.0.6:4001?baud=2400 --protocol all
  $ scripts/gatehouse scan --bus meters-1`;

export function scanCommand(): Command {
  return new Command('scan')
    .summary('find the devices and meters of a bus')
    .description(
      'Modbus: asks every unit for one register and lists those that answer, if only with an exception. Meters: asks by ' +
        'wildcard addresses, at the rates that are usual, and goes on where several answer at once. Reads only; writes ' +
        'nothing. Ends with lines for a device list or for meters.csv. Ctrl-C ends it early, with what was found until then.\n\n' +
        ONE_MASTER,
    )
    .option(
      '--bus <url or id>',
      'where: modbus-tcp://host:port, tcp-serial://host:port, serial:///dev/…, or a bus of the site',
    )
    .addOption(siteOption())
    .addOption(
      new Option('--protocol <name>', 'what to look for: DL/T 645 of both versions, CJ/T 188, M-Bus, Modbus')
        .choices(SCAN_PROTOCOLS)
        .default('modbus'),
    )
    .addOption(
      new Option('--units <list>', 'Modbus: which units to ask, as 1-10,17')
        .argParser(units)
        .default(units('1-247'), '1-247'),
    )
    .option('--rates <list>', 'serial ports: the baud rates to try, as 9600,2400', oneOfEach(RATES))
    .option('--formats <list>', 'serial ports: the formats to try, as 8N1,8E1', oneOfEach(serialFormat.options))
    .addOption(
      new Option('--ask <list>', 'Modbus: the read functions to ask with, in turn, of 1 to 4')
        .argParser(oneOfEach(READ_FUNCTIONS))
        .default([3, 4], '3,4'),
    )
    .option('--timeout <ms>', 'how long to wait for each reply; by default what is usual', wholeNumber(10, 60_000))
    .addOption(listOption())
    .addOption(primaryOption())
    .option('--profile <id>', 'Modbus: the model to write into the device list')
    .addOption(profileFolderOption())
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ScanOptions) => {
      const { runScan } = await import('./scan/run-scan.ts');
      await runScan(options);
    });
}

function listOption(): Option {
  return new Option(
    '--meters <file>',
    'CJ/T 188: ask each of these too, a table as meters.csv or addresses, one a line; several of one type are found no other way',
  );
}

function primaryOption(): Option {
  return new Option(
    '--primary <list>',
    'M-Bus: which primary addresses to ask, as 1-20; by default 0-250 at the rates at which anybody is there',
  ).argParser(numberRanges(0, HIGHEST_PRIMARY));
}
