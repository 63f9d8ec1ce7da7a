import { readFileSync } from 'node:fs';
import { CommanderError, type Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from './program.ts';

/** Every command and subcommand, with the words that call it. */
function commandsOf(command: Command, words: readonly string[] = []): [string, Command][] {
  return command.commands.flatMap((child) => {
    const called = [...words, child.name()];
    return [[called.join(' '), child] as [string, Command], ...commandsOf(child, called)];
  });
}

function helpOf(command: Command): string {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHasColors: () => false }).outputHelp();
  return text;
}

/** What is said and how it ends when these words are parsed. */
async function parse(...words: readonly string[]): Promise<{ readonly said: string; readonly code: string }> {
  let said = '';
  const program = createProgram();
  const all = [program, ...commandsOf(program).map(([, command]) => command)];
  for (const command of all)
    command.configureOutput({ writeErr: (text) => (said += text), writeOut: (text) => (said += text) });
  try {
    await program.parseAsync(words, { from: 'user' });
    return { said, code: 'ran' };
  } catch (error) {
    if (error instanceof CommanderError) return { said, code: error.code };
    throw error;
  }
}

const all = commandsOf(createProgram());

describe('the program', () => {
  it('has a row in the table of docs/commands.md, and a section, for each command', () => {
    const page = readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8');
    const rows = [...page.matchAll(/^\| \[`(\w+)`\]\(#\1\) \|/gm)].map(([, name]) => name);
    const sections = [...page.matchAll(/^## (\w+)$/gm)].map(([, name]) => name);
    const names = createProgram().commands.map((command) => command.name());
    expect(rows).toEqual(names);
    expect(sections).toEqual(names);
  });

  it('has these commands', () => {
    expect(all.map(([words]) => words)).toEqual([
      ...['run', 'check', 'scan', 'read', 'decode', 'profiles', 'meters', 'meters list'],
      ...['meters export', 'meters versions'],
      ...['readings', 'readings suspects', 'readings settle', 'readings settle-all', 'readings enter', 'readings read'],
      ...['readings move', 'billing', 'billing runs', 'billing draft', 'billing show', 'billing findings'],
      ...[
        'billing accept',
        'billing close',
        'billing discard',
        'billing revise',
        'billing export',
        'billing acknowledge',
        'password',
      ],
      ...['simulate', 'simulate play', 'simulate list', 'simulate site', 'simulate unplug', 'simulate plug', 'tail'],
      ...['alarms', 'alarms list', 'alarms groups', 'alarms ack', 'alarms reset', 'alarms shelve', 'alarms unshelve'],
      ...['alarms remove', 'alarms place', 'alarms drill', 'alarms end-drill', 'alarms button-test', 'alarms history'],
      ...['alarms report', 'alarms figures', 'alarms releases'],
      ...['homes', 'homes list', 'homes show', 'homes arm', 'homes disarm'],
      ...['shift', 'shift list', 'shift begin', 'shift note', 'shift show', 'shift handover'],
      ...['shift sign', 'shift object'],
    ]);
  });

  it.each(all)('%s says what it does and how it is called, with an example', (words, command) => {
    const help = helpOf(command);
    expect(command.description()).not.toBe('');
    expect(help).toMatch(/^Examples?:\n(.*\n)*? +\$ scripts\/gatehouse /m);
    expect(help).toContain(`$ scripts/gatehouse ${words}`);
    // What stands there as the program holds it says nothing to a person.
    expect(help).not.toMatch(/default:\s+(false|""|\[)/);
  });

  it.each([
    [['chek'], 'commander.unknownCommand', 'Did you mean check?'],
    [['check', '--jsn'], 'commander.unknownOption', 'Did you mean --json?'],
    [['check', 'a', 'b'], 'commander.excessArguments', 'too many arguments'],
    [['decode', '--protocol', 'modbus', '01'], 'commander.invalidArgument', 'modbus-rtu, modbus-tcp'],
    [['scan', '--units', '0-300'], 'commander.invalidArgument', 'A whole number from 0 to 255.'],
    [['scan', '--formats', '8X1'], 'commander.invalidArgument', '8N1, 8E1'],
    [['meters', 'list', '--utility', 'watter'], 'commander.invalidArgument', 'there is electricity, coldWater'],
    [['simulate', 'plug'], 'commander.missingArgument', "missing required argument 'line'"],
    [['alarms', '--follow', '--all'], 'commander.conflictingOption', "'--follow' cannot be used with option '--all'"],
    [['alarms', 'shelve', 'a', '--note', 'x', '--for', 'ever'], 'commander.invalidArgument', '90m, 2h'],
    [['shift', 'sign', '--sheet', '9f86'], 'commander.invalidArgument', 'At least 8 characters'],
    [['shift', 'show', '0'], 'commander.invalidArgument', 'A whole number from 1'],
    [['shift', 'object', '--sheet', '9f86d081'], 'commander.missingMandatoryOptionValue', '--remark'],
    [['tail', '--silence', '0'], 'commander.invalidArgument', 'A whole number from 1'],
  ])('%j is refused with what would be right', async (words, code, hint) => {
    expect(await parse(...words)).toEqual({ code, said: expect.stringContaining(hint) as string });
  });
});
