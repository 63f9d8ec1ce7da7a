/** `gatehouse tail`: what happens on a site, as it happens. */
import { Command } from 'commander';
import { listening } from './mqtt/options.ts';
import { wholeNumber } from './options/numbers.ts';
import { siteOption } from './options/site-option.ts';
import type { TailOptions } from './tail/options.ts';

const EXAMPLES = `
Examples:
  the gateway of config/site.yaml, by MQTT
  $ scripts/gatehouse tail

  another one, whose site file is not here
  $ scripts/gatehouse tail --mqtt mqtt://10.0.0.2:1883 --id east-garden

  by the API of this machine
  $ scripts/gatehouse tail --api http://127.0.0.1:8080`;

export function tailCommand(): Command {
  return listening(tailing())
    .option('--api <url>', "read the API's event stream instead of MQTT")
    .option('--silence <s>', 'say so when nothing is heard for so long', wholeNumber(1, 86_400), 60)
    .option('--json', 'the messages as they are, one JSON object a line')
    .addHelpText('after', EXAMPLES)
    .action(async (options: TailOptions) => {
      const { runTail } = await import('./tail/run-tail.ts');
      await runTail(options);
    });
}

function tailing(): Command {
  return new Command('tail')
    .summary('show alarms and events as they happen')
    .description(
      'One line for each alarm, event, command result and device state, until Ctrl-C. Reads MQTT; with --api the event ' +
        'stream of the HTTP API, which has no device states. Comes back by itself, and says when nothing is heard.',
    )
    .addOption(siteOption());
}
