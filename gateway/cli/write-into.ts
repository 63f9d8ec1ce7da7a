/** Writes a file that a command was asked for. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from './exit.ts';
import { systemWords } from './system-words.ts';

/** Into `folder`, which is made where it is not there. Resolves with the path. Rejects with CliError. */
export async function writeInto(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(path, bytes);
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${systemWords(error)}`);
  }
  return path;
}
