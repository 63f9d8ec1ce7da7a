/** `run`: the gateway itself, with one readable line for each alarm and event. */
import { Command } from 'commander';
import type { RunFlags } from './run/flags.ts';
import { startRun } from './run/start-run.ts';

export function runCommand(): Command {
  return new Command('run')
    .description('run the gateway on a site')
    .argument('[site]', 'the site file', 'config/site.yaml')
    .option('--simulate', 'also start the simulated community that config/site.yaml describes', false)
    .option('--store <file>', 'another database file than the site names')
    .option('--log <file>', 'where the log goes, as JSON lines', 'standard error')
    .option('--quiet', 'no line for each alarm and event', false)
    .addHelpText(
      'after',
      '\nExample:\n  $ scripts/gatehouse run config/site.yaml --log /var/log/gatehouse.log\n\nSIGHUP reads the configuration again; SIGINT and SIGTERM end it cleanly.',
    )
    .action((site: string, flags: RunFlags) => startRun(site, flags));
}
