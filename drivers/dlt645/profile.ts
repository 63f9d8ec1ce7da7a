/** The schema of a DL/T 645 meter model: data, never code. `config/profiles/*.json` are checked against it. */
import { z } from 'zod';
import type { CommandSpec } from '../contract.ts';
import { frozen, headFields, key, pointFields } from '../profile/fields.ts';
import { RELAY_COMMANDS, type RelayCommand } from './relay-command.ts';

const relayCommands = Object.keys(RELAY_COMMANDS) as [RelayCommand, ...RelayCommand[]];

function place(item: RegExp, mistake: string) {
  return z
    .strictObject({
      item: z.string().regex(item, mistake).describe('Data identifier, the highest byte first'),
      part: z.string().min(1).optional().describe('Of an item with several values: total, tariff 1, A, settlement 3 …'),
      status: z.string().min(1).optional().describe('Of a status word: the name of one of its fields'),
    })
    .optional();
}

const point = z.strictObject({
  ...pointFields,
  frozen: frozen.optional(),
  clock: z.literal(true).optional().describe('The date and time of the meter, whichever version it speaks'),
  '2007': place(/^[0-9A-F]{8}$/, 'an item of DL/T 645-2007 is eight hex digits in capitals, as 00010000').describe(
    'Where a meter of DL/T 645-2007 has it',
  ),
  '1997': place(/^[0-9A-F]{4}$/, 'an item of DL/T 645-1997 is four hex digits in capitals, as 9010').describe(
    'Where a meter of DL/T 645-1997 has it',
  ),
});

const digits = (count: number, what: string) =>
  z.string().regex(new RegExp(`^\\d{${count}}$`), `${what} has ${count} digits`);

const action = z.strictObject({
  key,
  nameZh: z.string().min(1),
  relay: z
    .enum(relayCommands)
    .optional()
    .describe('A command to the relay. closePermit: the customer then presses the button of the meter'),
  freeze: z.literal('now').optional().describe('The meter keeps all its registers at once: items 0501…01 show them'),
});

export const dlt645ProfileSchema = z.strictObject({
  ...headFields,
  driver: z.literal('dlt645'),
  points: z.array(point).min(1),
  credentials: z
    .strictObject({
      level: digits(2, 'a password level').default('02'),
      password: digits(6, 'a password').default('000000'),
      operator: digits(8, 'an operator code').default('00000000'),
    })
    .prefault({})
    .describe('What the meter asks of who commands its relay'),
  actions: z.array(action).default([]),
});

export type Dlt645ProfileFile = z.infer<typeof dlt645ProfileSchema>;
export type Dlt645Action = Dlt645ProfileFile['actions'][number];
/** A field of a status word is true or false, or, where it has more than two states, one of their names. */
export type Dlt645Point = Dlt645ProfileFile['points'][number] & {
  readonly type?: 'bool';
  readonly enum?: Readonly<Record<string, string>>;
};
/** A profile that has been checked, and what can be commanded of its meter. */
export type Dlt645Profile = Omit<Dlt645ProfileFile, 'points'> & {
  readonly points: readonly Dlt645Point[];
  readonly commands: readonly CommandSpec[];
};
