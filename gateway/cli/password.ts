/** `gatehouse password`: what stands in the site file for a broker user's password. */
import { Command } from 'commander';

export function passwordCommand(): Command {
  return new Command('password')
    .summary("make a broker user's password for the site file")
    .description(
      'Asks for a password, twice and without showing it, or takes the first line of standard input. Prints what goes into ' +
        '`broker.users` of the site file; the password itself is kept nowhere.',
    )
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse password')
    .action(async () => {
      const { runPassword } = await import('./password/run-password.ts');
      await runPassword();
    });
}
