/** `gatehouse read`: one device once, with the bytes on the wire explained. */
import { Command, Option } from 'commander';
import { wholeNumber } from './options/numbers.ts';
import { ONE_MASTER } from './options/one-master.ts';
import { profileFolderOption } from './options/profile-folder.ts';
import { TABLE_NAMES, type ReadOptions } from './read/options.ts';
import { siteOption } from './options/site-option.ts';

const EXAMPLES = `
Examples:
  a device of the site
  $ scripts/gatehouse read meter-lobby-1
  $ scripts/gatehouse read meter-lobby-1 --points voltageL1,importEnergy --wire

  a device that is in no site file yet
  $ scripts/gatehouse read --bus modbus-tcp://10.0.0.5:502 --unit 1 --profile eastron-sdm120

  a meter by the address on its plate
  $ scripts/gatehouse read --bus 'serial:///dev/ttyUSB0?baud=2400&format=8E1' --meter 000006605518 --profile dlt645-single-phase

  registers as they stand
  $ scripts/gatehouse read --bus serial:///dev/ttyUSB0?baud=9600 --unit 4 --table holding --address 0x2000 --count 4`;

export function readCommand(): Command {
  return new Command('read')
    .summary('read one device once')
    .description(
      'Opens the bus of one device, reads every point of it once, and explains the bytes on the wire. Writes nothing, not even ' +
        `what the profile sets up.\n\n${ONE_MASTER}`,
    )
    .argument('[device]', 'a device of the site')
    .addOption(siteOption())
    .option('--points <keys>', 'only these points, as voltageL1,importEnergy', (text) => text.split(','))
    .option(
      '--bus <url or id>',
      'instead of a device: where it hangs, as modbus-tcp://host:port, tcp-serial://… or serial://…',
    )
    .option('--unit <n>', 'with --bus: its Modbus address', wholeNumber(0, 255))
    .option('--meter <address>', "with --bus: a meter's address, as it is printed on it")
    .option('--profile <id>', 'with --bus: its model')
    .addOption(profileFolderOption())
    .addOption(new Option('--table <table>', 'registers as they stand, of this table').choices(TABLE_NAMES))
    .option('--address <n>', 'with --table: the first, on the wire, as 8192 or 0x2000', wholeNumber(0, 65_535))
    .option('--count <n>', 'with --table: how many', wholeNumber(1, 2_000), 1)
    .option('--wire', 'explain each request and reply (usual on a terminal)')
    .option('--no-wire', 'the values only')
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', EXAMPLES)
    .action(async (device: string | undefined, options: ReadOptions) => {
      const { runRead } = await import('./read/run-read.ts');
      await runRead(device, options);
    });
}
