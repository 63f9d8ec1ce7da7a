/** `scripts/gatehouse`: runs what was asked for, and says how it ended. */
import { CommanderError } from 'commander';
import { isDamaged } from '../store/errors.ts';
import { CliError, EXIT, type ExitCode } from './exit.ts';
import { misplacedSubcommand } from './misplaced.ts';
import { endWithReader } from './outputs.ts';
import { createProgram } from './program.ts';
import { paletteFor } from './text/palette.ts';

/** Says what went wrong where a person can mend it. Anything else is a defect and keeps its stack trace. */
function exitCodeOf(error: unknown): ExitCode {
  const { bad, faint } = paletteFor(process.stderr);
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    // Commander has said it already, but for this.
    const subcommand = misplacedSubcommand(program, process.argv.slice(2));
    if (subcommand !== undefined) console.error(`    ${faint('hint:')} options stand after "${subcommand}"`);
    return EXIT.usage;
  }
  if (error instanceof CliError) {
    console.error(`${bad('error:')} ${error.message}`);
    if (error.hint !== undefined) console.error(`    ${faint('hint:')} ${error.hint}`);
    return error.exitCode;
  }
  // Whatever of the gateway has met it: a store that was damaged while it was used is nobody's defect.
  if (isDamaged(error)) {
    const { message } = error as Error;
    console.error(`${bad('error:')} the database is damaged, and nothing more can be stored: ${message}`);
    const hint = 'it is where --store or store.file of the site says: move it away and restore the newest backup';
    console.error(`    ${faint('hint:')} ${hint}`);
    return EXIT.findings;
  }
  console.error(bad('This is a defect of gatehouse; please report it with these lines:'));
  console.error(error);
  return EXIT.defect;
}

const program = createProgram();

endWithReader();
process.on('uncaughtException', (error) => process.exit(exitCodeOf(error)));
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
