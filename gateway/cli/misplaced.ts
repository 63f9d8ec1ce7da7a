/** What commander takes for an argument of the subcommand that is done where none is named. */
import type { Command } from 'commander';

/** The subcommand in `args` that options stand before, as in `alarms --site x ack`; undefined where there is none. Pure. */
export function misplacedSubcommand(program: Command, [name, first, ...rest]: readonly string[]): string | undefined {
  const group = program.commands.find((command) => command.name() === name);
  if (!group || !first?.startsWith('-')) return undefined;
  const names = group.commands.map((command) => command.name());
  return rest.find((word) => names.includes(word));
}
