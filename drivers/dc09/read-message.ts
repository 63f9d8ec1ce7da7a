/** From the content of a frame to what it says. ANSI/SIA DC-09, 5.5.1.4 to 5.5.1.8. Pure. */
import { decrypt } from './cipher.ts';
import type { Content, Message } from './message.ts';
import { readTimestamp } from './timestamp.ts';

export type MessageRead =
  | { readonly kind: 'clear'; readonly message: Message }
  | { readonly kind: 'decrypted'; readonly message: Message }
  /** No key, or one that does not open it. */
  | { readonly kind: 'locked'; readonly head: Omit<Message, 'content'>; readonly hex: string }
  | { readonly kind: 'malformed' };

/** Id, sequence, receiver, line, account, and what follows the bracket. A NAK has A0 for its account. */
const HEAD =
  /^"(\*?)([A-Z][A-Z0-9-]*)"(\d{4})(?:R([0-9A-Fa-f]{1,6}))?L([0-9A-Fa-f]{1,6})(?:#([0-9A-Fa-f]{3,16})|A(0))\[/;
const BODY = /^([^[\]]*)\]((?:\[[^[\]]*\])*)(?:_([^[\]_]*))?$/;

/** `content`: from the first quote on. `key`: opens an encrypted one. */
export function readMessage(content: Uint8Array, key: Uint8Array | null = null): MessageRead {
  const text = new TextDecoder().decode(content);
  const match = HEAD.exec(text);
  if (!match) return { kind: 'malformed' };
  const [whole, star, id = '', sequence = '', receiver = null, line = '', named, none = ''] = match;
  const head = { id, sequence, receiver, line, account: named ?? none };
  const rest = text.slice(whole.length);
  if (star === '') {
    const clear = readBody(rest);
    return clear ? { kind: 'clear', message: { ...head, content: clear } } : { kind: 'malformed' };
  }
  if (/[^0-9a-f]/i.test(rest)) return { kind: 'malformed' };
  const opened = key && readHidden(decrypt(key, rest));
  return opened
    ? { kind: 'decrypted', message: { ...head, content: opened } }
    : { kind: 'locked', head, hex: rest.toUpperCase() };
}

/** Without its time it is not from this key: 5.5.1.8 wants one in every encrypted message. */
function readHidden(plain: string | null): Content | null {
  const body = plain && readBody(plain.startsWith('|') ? plain.slice(1) : plain);
  return body && body.time !== null ? body : null;
}

function readBody(text: string): Content | null {
  const match = BODY.exec(text);
  if (!match) return null;
  const [, first = '', extended = '', stamp] = match;
  const more = extended.slice(1, -1);
  const data = [...(first === '' && more === '' ? [] : [first]), ...(more === '' ? [] : more.split(']['))];
  return { data, time: stamp === undefined ? null : readTimestamp(stamp) };
}
