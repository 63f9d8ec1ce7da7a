/** Prints the hash of a password that nobody sees. */
import { hashPassword } from '../../broker/password.ts';
import { linesOf } from '../decode/lines.ts';
import { usageError } from '../exit.ts';
import { askHidden } from './ask-hidden.ts';

export async function runPassword(): Promise<void> {
  const password = process.stdin.isTTY ? await askTwice() : await firstLine();
  if (password === '') throw usageError('a password has at least one character');
  console.log(await hashPassword(password));
}

async function askTwice(): Promise<string> {
  const password = await askHidden('password: ');
  if (password !== (await askHidden('the same again: '))) throw usageError('the two are not the same', 'begin again');
  return password;
}

async function firstLine(): Promise<string> {
  for await (const [line = ''] of linesOf(process.stdin)) return line;
  return '';
}
