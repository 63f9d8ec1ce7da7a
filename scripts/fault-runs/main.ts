/** `scripts/faults`: kills at random what must not lose anything, and holds what it then says against what really happened. */
import { join } from 'node:path';
import { Command } from 'commander';
import { alarmFaults } from './alarms.ts';
import { withOptions, type FaultOptions } from './options.ts';
import { isWhole, verdictLines } from './verdict.ts';

const INTERRUPTED = 130;

// `exit` ends what was started: see Killable.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(INTERRUPTED));

const program = new Command('faults').description('Kill at random, and look for what is missing');
const alarms = new Command('alarms').description(
  'Kills gateway, broker and consumer without warning while contacts change and a guard decides; then every edge and decision ' +
    "must be in the journal, and the consumer's mirror must be the store",
);
await program.addCommand(withOptions(alarms, run)).parseAsync();

async function run({ brokers, kills, ...options }: FaultOptions): Promise<void> {
  console.log(`· seed ${options.seed}; everything is in ${options.folder}`);
  for (const broker of brokers) {
    const share = Math.ceil(kills / brokers.length);
    const result = await alarmFaults({ ...options, kills: share, broker });
    console.log([`\n▶ ${broker} broker`, ...verdictLines(result)].join('\n  '));
    if (isWhole(result)) continue;
    console.log(`\n✗ seed ${options.seed}; what everybody said and stored is in ${join(options.folder, broker)}`);
    process.exitCode = 1;
  }
}
