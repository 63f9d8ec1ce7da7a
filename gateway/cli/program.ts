/** The subcommands put together. */
import { Command } from 'commander';
import packageFile from '../../package.json' with { type: 'json' };
import { alarmsCommand } from './alarms.ts';
import { billingCommand } from './billing.ts';
import { checkCommand } from './check.ts';
import { decodeCommand } from './decode.ts';
import { homesCommand } from './homes.ts';
import { metersCommand } from './meters.ts';
import { passwordCommand } from './password.ts';
import { profilesCommand } from './profiles.ts';
import { readCommand } from './read.ts';
import { readingsCommand } from './readings.ts';
import { runCommand } from './run.ts';
import { scanCommand } from './scan.ts';
import { shiftCommand } from './shift.ts';
import { simulateCommand } from './simulate.ts';
import { tailCommand } from './tail.ts';

/** In the order in which a site comes about. */
const makers = [
  runCommand,
  checkCommand,
  scanCommand,
  readCommand,
  decodeCommand,
  profilesCommand,
  metersCommand,
  readingsCommand,
  billingCommand,
  passwordCommand,
  simulateCommand,
  tailCommand,
  alarmsCommand,
  homesCommand,
  shiftCommand,
];

const AFTERWARDS = `
Example:
  $ scripts/gatehouse check config/site.yaml

docs/commands.md explains each command, with its output.`;

/** A new one each time: commander keeps what it has parsed. */
export function createProgram(): Command {
  const program = new Command('gatehouse')
    .description('Gatehouse (门房): the edge gateway of a residential community')
    .version(packageFile.version)
    .exitOverride()
    .configureHelp({ subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addHelpText('after', AFTERWARDS);
  for (const make of makers) adopt(program, make());
  return program;
}

/** Commands that were made apart take over how the program treats mistakes, and say how to ask for their own help. */
function adopt(parent: Command, child: Command): void {
  child.copyInheritedSettings(parent);
  for (const grandchild of child.commands) grandchild.copyInheritedSettings(parent);
  parent.addCommand(child);
}
