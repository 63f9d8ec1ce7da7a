/** `gatehouse decode`: captured bytes, frame by frame. */
import { Argument, Command, Option } from 'commander';
import type { DecodeOptions } from './decode/options.ts';
import { PROTOCOLS, type ProtocolName } from './decode/protocol-names.ts';
import { usageError } from './exit.ts';

export function decodeCommand(): Command {
  return new Command('decode')
    .summary('explain captured bytes frame by frame')
    .description(
      'Finds every frame in the bytes and explains it; bytes between frames are named for what they are. With - it reads ' +
        'one hex string a line from standard input, each on its own.',
    )
    .addArgument(
      new Argument('<hex...>', 'hex digits; blanks, colons, commas, line breaks and 0x may stand between bytes'),
    )
    .addOption(new Option('--protocol <name>', 'what the bytes are').choices(PROTOCOLS))
    .option('--json', 'a JSON array with one entry per frame; with -, one array a line')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ scripts/gatehouse decode --protocol modbus-rtu 01 03 00 00 00 02 C4 0B\n' +
        '  $ scripts/gatehouse decode --protocol dlt645-2007 68 01 00 00 00 00 00 68 11 04 33 33 34 33 B3 16\n' +
        '  $ scripts/gatehouse decode --protocol modbus-tcp --json - < captures.txt',
    )
    .action(async (hex: readonly string[], { protocol, json }: { protocol?: ProtocolName; json?: boolean }) => {
      if (protocol === undefined)
        throw usageError(
          '--protocol is missing: it says what the bytes are',
          `--protocol ${PROTOCOLS.join(', --protocol ')}`,
        );
      const options: DecodeOptions = { protocol, json: json === true };
      const { decodeArgument, decodeLines } = await import('./decode/run-decode.ts');
      if (hex.length === 1 && hex[0] === '-') await decodeLines(process.stdin, options);
      else decodeArgument(hex.join(' '), options);
    });
}
