/** `run`: the gateway itself, with one readable line for each alarm and event. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { callerPath } from './options/caller-path.ts';
import { DEFAULT_SITE } from './options/site-option.ts';
import { isTrialAddress } from '../simulated-time.ts';
import type { RunFlags } from './run/flags.ts';

export function runCommand(): Command {
  const path = (name: string): string => callerPath(name);
  return new Command('run')
    .summary('run the gateway on a site')
    .description(
      'Runs the gateway: polls, keeps, publishes, and prints a line for each alarm and event, each device that is lost or ' +
        'comes back, and what becomes of a changed configuration. SIGHUP reads the configuration again (a changed file is ' +
        'noticed anyway); SIGINT and SIGTERM end it cleanly.',
    )
    .argument('[site]', 'the site file', path, DEFAULT_SITE)
    .option('--simulate', 'also start the simulated community that config/site.yaml describes')
    .option('--store <file>', 'another database file than the site names', path)
    .option('--fresh-store', 'delete the database and begin with an empty one; for trying out')
    .option(
      '--log <file>',
      'where the log goes, as JSON lines; otherwise to standard error, unless that is a terminal',
      path,
    )
    .addOption(
      new Option(
        '--simulated-time <url>',
        'FOR TRIALS ONLY: take the time of the simulators at this address of the machine for the time',
      ).argParser(trialAddress),
    )
    .option('--quiet', 'no line for each alarm, event and device')
    .addHelpText('after', '\nExample:\n  $ scripts/gatehouse run my-site/site.yaml --log /var/log/gatehouse.log')
    .action(async (site: string, flags: RunFlags) => {
      const { startRun } = await import('./run/start-run.ts');
      await startRun(site, flags);
    });
}

function trialAddress(url: string): string {
  if (isTrialAddress(url)) return url;
  throw new InvalidArgumentError('Simulators on this machine, as http://127.0.0.1:15000.');
}
