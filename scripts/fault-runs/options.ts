/** What a fault run is asked for on its command line. */
import { InvalidArgumentError, Option, type Command } from 'commander';

export const BROKERS = ['external', 'embedded'] as const;
/** `external`: a mosquitto that keeps what it has on the disk. `embedded`: the one inside the gateway, killed with it. */
export type BrokerKind = (typeof BROKERS)[number];

export interface FaultOptions {
  /** How many processes are killed, altogether. */
  readonly kills: number;
  /** After so many kills everything comes to rest and is looked at. */
  readonly checkEvery: number;
  readonly edgesPerSecond: number;
  readonly brokers: readonly BrokerKind[];
  readonly seed: number;
  /** Where site, store, logs and what everybody said stay. */
  readonly folder: string;
}

const DEFAULT_FOLDER = 'var/faults';

/** Adds the options to `command`, and has it run `action` with them. */
export function withOptions(command: Command, action: (options: FaultOptions) => Promise<void>): Command {
  return command
    .argument('[folder]', 'where site, store, logs and what everybody said stay', DEFAULT_FOLDER)
    .option('--kills <n>', 'how many processes to kill, of all kinds', whole, 1_000)
    .option('--check-every <n>', 'after so many kills everything comes to rest and is looked at', whole, 100)
    .option('--edges-per-second <n>', 'how often the contacts change, all together', whole, 20)
    .addOption(
      new Option('--broker <kind>', 'both: half of the kills with each').choices([...BROKERS, 'both']).default('both'),
    )
    .option('--seed <n>', 'of every chance; default: another one each time', whole)
    .action(async (folder: string, given: Given) => {
      const { broker, seed = Date.now() % 1_000_000, ...rest } = given;
      await action({ ...rest, folder, seed, brokers: broker === 'both' ? BROKERS : [broker] });
    });
}

type Given = Omit<FaultOptions, 'folder' | 'seed' | 'brokers'> & {
  readonly broker: BrokerKind | 'both';
  readonly seed?: number;
};

function whole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError('a whole number above 0');
}
