/** Passwords of broker users: `scrypt$N$r$p$salt$hash`, salt and hash in base64. The configuration holds only this. */
import { randomBytes, scrypt, timingSafeEqual, type BinaryLike, type ScryptOptions } from 'node:crypto';

/** OWASP Password Storage Cheat Sheet, scrypt: N = 2^15, r = 8, p = 3 is among its equivalent minimum settings. */
const COST = { N: 2 ** 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** A hash in a configuration file must not be able to ask for more memory than this. */
const MAX_MEMORY_BYTES = 256 * 1024 * 1024;

export interface PasswordHash {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** The text to put into the configuration. A new salt each time. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, HASH_BYTES, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64'), hash.toString('base64')].join('$');
}

/** Null: not a hash of this form, or one with senseless costs. */
export function parsePasswordHash(text: string): PasswordHash | null {
  const match = /^scrypt\$(\d{1,8})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9+/]+=*)\$([A-Za-z0-9+/]+=*)$/.exec(text);
  if (!match) return null;
  const [N = 0, r = 0, p = 0] = match.slice(1, 4).map(Number);
  const salt = Buffer.from(match[4] ?? '', 'base64');
  const hash = Buffer.from(match[5] ?? '', 'base64');
  const powerOfTwo = N > 1 && (N & (N - 1)) === 0;
  const sensible = powerOfTwo && r > 0 && p > 0 && memory({ N, r }) <= MAX_MEMORY_BYTES;
  return sensible && salt.length >= 8 && hash.length >= 16 ? { N, r, p, salt, hash } : null;
}

/** Takes as long whether it is right or wrong. */
export async function verifyPassword(password: BinaryLike, { hash, salt, ...cost }: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, salt, hash.length, cost), hash);
}

/** A hash that no password has: what an unknown user is checked against, so that it takes as long as a known one. */
export function unmatchableHash(): PasswordHash {
  return { ...COST, salt: randomBytes(SALT_BYTES), hash: randomBytes(HASH_BYTES) };
}

function derive(
  password: BinaryLike,
  salt: Buffer,
  length: number,
  cost: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Buffer> {
  // Node refuses at its limit of 32 MiB, which these costs reach: name the memory that they need, and a little more.
  const options: ScryptOptions = { ...cost, maxmem: 2 * memory(cost) };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

function memory({ N, r }: { readonly N: number; readonly r: number }): number {
  return 128 * N * r;
}
