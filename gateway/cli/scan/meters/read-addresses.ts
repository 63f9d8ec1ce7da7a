/** The file of `scan --meters`. */
import { readFile } from 'node:fs/promises';
import { decodeTable } from '../../../config/files/decode-table.ts';
import { CliError, usageError } from '../../exit.ts';
import { callerPath } from '../../options/caller-path.ts';
import { isSystemError, systemWords } from '../../system-words.ts';
import { listedAddresses } from './listed-addresses.ts';

/** Rejects with CliError where it cannot be read, or has no address. */
export async function readAddresses(named: string): Promise<readonly string[]> {
  const decoded = decodeTable(await bytesOf(named));
  if (!decoded.ok) throw usageError(`${named}: ${decoded.spot.message}`, decoded.spot.hint);
  return listedAddresses(decoded.text);
}

async function bytesOf(named: string): Promise<Buffer> {
  try {
    return await readFile(callerPath(named));
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new CliError(`${named} cannot be read: ${systemWords(error)}`);
  }
}
