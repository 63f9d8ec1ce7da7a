/** `gatehouse decode`: captured bytes, frame by frame. */
import { Argument, Command, Option } from 'commander';
import type { DecodeOptions } from './decode/options.ts';
import { PROTOCOLS, type ProtocolName } from './decode/protocol-names.ts';
import { usageError } from './exit.ts';

interface GivenOptions {
  readonly protocol?: ProtocolName;
  readonly json?: boolean;
  readonly key?: string;
}

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
    .option('--key <hex>', 'sia-dc09: the AES key, 32, 48 or 64 hex digits; shows what is encrypted')
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ scripts/gatehouse decode --protocol modbus-rtu 01 03 00 00 00 02 C4 0B\n' +
        '  $ scripts/gatehouse decode --protocol dlt645-2007 68 01 00 00 00 00 00 68 11 04 33 33 34 33 B3 16\n' +
        '  $ scripts/gatehouse decode --protocol sia-dc09 --key 0123456789ABCDEF0123456789ABCDEF 0A 38 42 43 41 …\n' +
        '  $ scripts/gatehouse decode --protocol modbus-tcp --json - < captures.txt',
    )
    .action(async (hex: readonly string[], { protocol, json, key }: GivenOptions) => {
      if (protocol === undefined)
        throw usageError(
          '--protocol is missing: it says what the bytes are',
          `--protocol ${PROTOCOLS.join(', --protocol ')}`,
        );
      const { decodeArgument, decodeLines } = await import('./decode/run-decode.ts');
      const { keyFor } = await import('./decode/key.ts');
      const options: DecodeOptions = { protocol, json: json === true, key: keyFor(protocol, key) };
      if (hex.length === 1 && hex[0] === '-') await decodeLines(process.stdin, options);
      else decodeArgument(hex.join(' '), options);
    });
}
