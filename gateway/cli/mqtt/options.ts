/** Options of commands that listen to a site on a broker. */
import type { Command } from 'commander';
import { callerPath } from '../options/caller-path.ts';

export interface FeedOptions {
  readonly site: string;
  readonly mqtt?: string;
  readonly id?: string;
  readonly root?: string;
  readonly username?: string;
  readonly passwordFile?: string;
}

/** Which broker, which site on it, and as whom. */
export function listening(command: Command): Command {
  return command
    .option('--mqtt <url>', 'the broker; unset: the one of the site file')
    .option('--id <site>', 'the site whose topics are read; unset: the one of the site file')
    .option('--root <segment>', 'the first segment of its topics; unset: that of the site file, or community')
    .option('--username <name>', 'a user of the broker')
    .option('--password-file <file>', "the user's password; unset: asked for", (name: string) => callerPath(name));
}
