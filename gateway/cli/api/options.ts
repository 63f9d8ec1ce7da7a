/** Options of commands that speak with the running gateway. */
import { userInfo } from 'node:os';
import { Option, type Command } from 'commander';
import { siteOption } from '../options/site-option.ts';
import type { ApiOptions } from './client.ts';

export interface ShowOptions extends ApiOptions {
  readonly json?: boolean;
}

export interface ChangeOptions extends ShowOptions {
  readonly by: string;
}

/** Where the gateway is, and how it is shown. */
export function showing(command: Command): Command {
  return command
    .addOption(siteOption())
    .option('--api <url>', 'where the gateway answers; unset: as the site file says')
    .option('--json', 'the answer of the API instead of text');
}

/** And who asks: it stands in the audit. */
export function changing(command: Command): Command {
  const { username } = userInfo();
  return showing(command).addOption(new Option('--by <name>', 'who asks').default(username, 'the name you work under'));
}
