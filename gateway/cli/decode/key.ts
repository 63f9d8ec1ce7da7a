/** The key that `decode` is given. */
import { parseKey } from '../../../drivers/dc09/cipher.ts';
import { usageError } from '../exit.ts';
import type { ProtocolName } from './protocol-names.ts';

/** Throws CliError for what is no key, and for a key where nothing is encrypted. */
export function keyFor(protocol: ProtocolName, text: string | undefined): Uint8Array | null {
  if (text === undefined) return null;
  if (protocol !== 'sia-dc09') throw usageError('--key is for --protocol sia-dc09: nothing else is encrypted');
  const key = parseKey(text);
  if (key === null) throw usageError('a key is 32, 48 or 64 hex digits: AES-128, AES-192 or AES-256');
  return key;
}
