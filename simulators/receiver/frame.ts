/**
 * Frames as a receiver at a monitoring station takes and makes them, from the text of ANSI/SIA DC-09 (5.4, 5.5) and not from the
 * product's codec: one that has a mistake must not be understood here.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

export interface ReceivedMessage {
  readonly id: string;
  readonly encrypted: boolean;
  readonly sequence: string;
  /** `R…L…#…`, which the answer repeats. */
  readonly address: string;
  readonly account: string;
  /** With its brackets; null where the key does not open it. */
  readonly data: string | null;
  /** As it stands there; null without one. */
  readonly time: string | null;
}

export type Judged =
  | { readonly ok: true; readonly message: ReceivedMessage }
  | { readonly ok: false; readonly why: 'length' | 'crc' | 'form' };

const IV = Buffer.alloc(16);
const FORM = /^"(\*?)([A-Z-]+)"([0-9]{4})((?:R[0-9A-F]+)?L[0-9A-F]+#([0-9A-F]{3,16}))\[(.*)$/i;
const PLAIN = /^((?:[^\]]|\]\[)*\])(?:_(.{19}))?$/;

/** `line`: what stands between LF and CR. */
export function judge(line: Buffer, key: Buffer | null): Judged {
  const text = line.toString('utf8');
  const content = line.subarray(8);
  if (Number.parseInt(text.slice(4, 8), 16) !== content.length) return { ok: false, why: 'length' };
  if (Number.parseInt(text.slice(0, 4), 16) !== crc(content)) return { ok: false, why: 'crc' };
  const match = FORM.exec(content.toString('utf8'));
  if (!match) return { ok: false, why: 'form' };
  const [, star, id = '', sequence = '', address = '', account = '', rest = ''] = match;
  const plain = star === '' ? rest : opened(rest, key);
  const [, data = null, time = null] = plain === null ? [] : (PLAIN.exec(plain) ?? []);
  if (star === '' && data === null) return { ok: false, why: 'form' };
  const said = data === null ? null : `[${data}`;
  return { ok: true, message: { id, encrypted: star !== '', sequence, address, account, data: said, time } };
}

/** `LF CRC LEN content CR`. */
export function framed(content: string): Buffer {
  const bytes = Buffer.from(content, 'utf8');
  const four = (value: number): string => value.toString(16).padStart(4, '0').toUpperCase();
  return Buffer.concat([Buffer.from(`\n${four(crc(bytes))}${four(bytes.length)}`), bytes, Buffer.from('\r')]);
}

/** `HH:MM:SS,MM-DD-YYYY` of a Unix time in milliseconds, GMT. */
export function stamp(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  const clock = [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
  return `${clock},${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}-${date.getUTCFullYear()}`;
}

/** Unix milliseconds of such a stamp; NaN for what is none. */
export function stampedAt(text: string): number {
  const [, hour, minute, second, month, day, year] =
    /^(\d\d):(\d\d):(\d\d),(\d\d)-(\d\d)-(\d{4})$/.exec(text)?.map(Number) ?? [];
  return Date.UTC(year ?? NaN, (month ?? NaN) - 1, day, hour, minute, second);
}

/** Letters for padding, then `text`, in hex. */
export function hidden(text: string, key: Buffer): string {
  const padding = randomBytes(16 - (text.length % 16)).map((byte) => 0x41 + (byte % 26));
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, IV).setAutoPadding(false);
  return Buffer.concat([cipher.update(Buffer.concat([padding, Buffer.from(text)])), cipher.final()])
    .toString('hex')
    .toUpperCase();
}

/** What follows the padding and its `|`. */
function opened(hex: string, key: Buffer | null): string | null {
  const bytes = Buffer.from(hex, 'hex');
  if (key === null || bytes.length === 0 || bytes.length % 16 !== 0) return null;
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, IV).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()]);
  const bar = plain.indexOf('|');
  return bar < 0 ? null : plain.subarray(bar + 1).toString('utf8');
}

/** CRC-16/ARC: polynomial 8005 reflected, from 0. */
function crc(bytes: Uint8Array): number {
  return bytes.reduce((before, byte) => {
    let value = before ^ byte;
    for (let bit = 0; bit < 8; bit++) value = value % 2 === 1 ? (value >> 1) ^ 0xa001 : value >> 1;
    return value;
  }, 0);
}
