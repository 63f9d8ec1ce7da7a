/**
 * What an encrypted frame hides: AES in CBC mode, the initialisation vector all zeros, padding bytes before the text
 * instead of after it. ANSI/SIA DC-09, 5.4.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const BLOCK = 16;
const IV = new Uint8Array(BLOCK);
/** | [ ], which end the padding. */
const SPECIAL: readonly number[] = [0x7c, 0x5b, 0x5d];
const KEY = /^(?:[0-9a-f]{32}|[0-9a-f]{48}|[0-9a-f]{64})$/i;

/** 16, 24 or 32 bytes: AES-128, AES-192 or AES-256. Null for anything but as many hex digits. */
export function parseKey(text: string): Uint8Array | null {
  return KEY.test(text) ? Buffer.from(text, 'hex') : null;
}

/**
 * `text` behind padding, as capitals of hex. At least one byte of padding, so that two equal messages differ:
 * `pad` gives so many bytes, by default random ones.
 */
export function encrypt(key: Uint8Array, text: string, pad: (length: number) => Uint8Array = randomPadding): string {
  const bytes = new TextEncoder().encode(text);
  const cipher = createCipheriv(`aes-${key.length * 8}-cbc`, key, IV).setAutoPadding(false);
  const plain = Buffer.concat([pad(BLOCK - (bytes.length % BLOCK)), bytes]);
  return Buffer.concat([cipher.update(plain), cipher.final()])
    .toString('hex')
    .toUpperCase();
}

/** What follows the padding, which ends before the first of | [ ]; null for what is no whole number of blocks, or all padding. */
export function decrypt(key: Uint8Array, hex: string): string | null {
  if (hex.length === 0 || hex.length % (2 * BLOCK) !== 0 || /[^0-9a-f]/i.test(hex)) return null;
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, IV).setAutoPadding(false);
  const plain = Buffer.concat([decipher.update(Buffer.from(hex, 'hex')), decipher.final()]);
  const start = plain.findIndex((byte) => SPECIAL.includes(byte));
  return start < 0 ? null : plain.subarray(start).toString('utf8');
}

function randomPadding(length: number): Uint8Array {
  return randomBytes(length).map((byte) => (SPECIAL.includes(byte) ? byte ^ 0x80 : byte));
}
