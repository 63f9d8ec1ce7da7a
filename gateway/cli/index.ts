/** `scripts/gatehouse`: composes the subcommands and says how each of them ended. */
import { Command, CommanderError } from 'commander';
import packageFile from '../../package.json' with { type: 'json' };
import { checkCommand } from './check.ts';
import { decodeCommand } from './decode.ts';
import { CliError, EXIT, type ExitCode } from './exit.ts';
import { passwordCommand } from './password.ts';
import { profilesCommand } from './profiles.ts';
import { readCommand } from './read.ts';
import { runCommand } from './run.ts';
import { scanCommand } from './scan.ts';
import { paletteFor } from './text/palette.ts';

/** In the order in which a site comes about. */
const subcommands = [
  runCommand(),
  checkCommand(),
  scanCommand(),
  readCommand(),
  decodeCommand(),
  profilesCommand(),
  passwordCommand(),
];

const AFTERWARDS = `
Example:
  $ scripts/gatehouse check config/site.yaml

docs/commands.md explains each command, with its output.`;

function createProgram(): Command {
  const program = new Command('gatehouse')
    .description('Gatehouse (门房): the edge gateway of a residential community')
    .version(packageFile.version)
    .exitOverride()
    .configureHelp({ showGlobalOptions: false })
    .addHelpText('after', AFTERWARDS);
  for (const subcommand of subcommands) adopt(program, subcommand);
  return program;
}

/** Commands that were made apart take over how the program treats mistakes, and say how to ask for their own help. */
function adopt(parent: Command, child: Command): void {
  child.copyInheritedSettings(parent);
  for (const grandchild of child.commands) grandchild.copyInheritedSettings(parent);
  parent.addCommand(child);
}

/** Says what went wrong where a person can mend it. Anything else is a defect and keeps its stack trace. */
function exitCodeOf(error: unknown): ExitCode {
  // Commander has said it already.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  const { bad, faint } = paletteFor(process.stderr);
  if (error instanceof CliError) {
    console.error(`${bad('error:')} ${error.message}`);
    if (error.hint !== undefined) console.error(`    ${faint('hint:')} ${error.hint}`);
    return error.exitCode;
  }
  console.error(bad('This is a defect of gatehouse; please report it with these lines:'));
  console.error(error);
  return EXIT.defect;
}

/** `gatehouse … | head` closes the pipe when it has seen enough. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
