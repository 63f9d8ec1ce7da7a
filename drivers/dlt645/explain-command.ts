/** The fields of requests that carry a password: writing, clearing, the relay. DL/T 645-2007, 7.5 and 7.10 to 7.12. */
import { hex } from '../bytes/hex.ts';
import { decodeClock } from './decode-clock.ts';
import type { Version } from './control-codes.ts';
import { identifierIn, type Fields } from './explain-item.ts';
import { relayCommandName } from './relay-command.ts';

/** Level, three bytes of password, four of operator code: PA P0 P1 P2 C0 C1 C2 C3. */
const CREDENTIALS = 8;
/** Command, 00, valid until ss mm hh DD MM YY. */
const RELAY = 8;

/** The data of a write: identifier, credentials and what is written. 1997 has the credentials of the maker, if any. */
export function writeFields(rest: Uint8Array, version: Version): Fields {
  if (version === '1997' || rest.length < CREDENTIALS) return { writeRaw: hex(rest) };
  return { ...credentialFields(rest), writeData: hex(rest.subarray(CREDENTIALS)) };
}

/** The data of clearing demand, meter or events; the last says which events. */
export function clearFields(data: Uint8Array, version: Version): Fields {
  if (data.length < CREDENTIALS) return data.length === 0 ? {} : { raw: hex(data) };
  const di = identifierIn(data.subarray(CREDENTIALS), version);
  return { ...credentialFields(data), ...(di === null ? {} : { di }) };
}

/** The data of a relay command. */
export function relayFields(data: Uint8Array): Fields {
  if (data.length !== CREDENTIALS + RELAY) return { raw: hex(data) };
  const command = data[CREDENTIALS] ?? 0;
  const { value, reason } = decodeClock('YYMMDDhhmmss', data.subarray(CREDENTIALS + 2));
  return {
    ...credentialFields(data),
    cmd: hex(Uint8Array.of(command)).toUpperCase(),
    cmdName: relayCommandName(command),
    validUntil: value,
    ...(reason === undefined ? {} : { reason }),
  };
}

function credentialFields(data: Uint8Array): Fields {
  const highFirst = (from: number, to: number): string =>
    Buffer.from(data.subarray(from, to)).reverse().toString('hex');
  return { passwordLevel: highFirst(0, 1), password: highFirst(1, 4), operator: highFirst(4, CREDENTIALS) };
}
