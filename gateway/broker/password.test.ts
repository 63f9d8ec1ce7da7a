import { describe, expect, it } from 'vitest';
import { hashPassword, parsePasswordHash, unmatchableHash, verifyPassword } from './password.ts';

/** RFC 7914, 12: P "password", S "NaCl", N 1024, r 8, p 16, dkLen 64; N, r and p within our form. */
const RFC_HASH =
  'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640';

function parsed(text: string) {
  const hash = parsePasswordHash(text);
  if (!hash) throw new Error(`not a hash: ${text}`);
  return hash;
}

describe('passwords', () => {
  it('are checked as RFC 7914 says', async () => {
    const salt = Buffer.from('NaCl');
    const rfc = { N: 1_024, r: 8, p: 16, salt, hash: Buffer.from(RFC_HASH, 'hex') };
    expect(await verifyPassword('password', rfc)).toBe(true);
    expect(await verifyPassword('Password', rfc)).toBe(false);
  });

  it('match what was hashed, with another salt each time', async () => {
    const [one, two] = [await hashPassword('门房 secret'), await hashPassword('门房 secret')];
    expect(one).not.toBe(two);
    expect(await verifyPassword('门房 secret', parsed(one))).toBe(true);
    expect(await verifyPassword(Buffer.from('门房 secret'), parsed(two))).toBe(true);
    expect(await verifyPassword('', parsed(one))).toBe(false);
  });

  it('of an unknown user match nothing', async () => {
    expect(await verifyPassword('', unmatchableHash())).toBe(false);
  });

  const salt = Buffer.alloc(16).toString('base64');
  const hash = Buffer.alloc(32).toString('base64');
  it.each([
    ['plain', 'secret'],
    ['another algorithm', `argon2$32768$8$3$${salt}$${hash}`],
    ['N that is no power of two', `scrypt$32767$8$3$${salt}$${hash}`],
    ['N of 1', `scrypt$1$8$3$${salt}$${hash}`],
    ['more memory than the box has', `scrypt$16777216$8$1$${salt}$${hash}`],
    ['r of 0', `scrypt$32768$0$3$${salt}$${hash}`],
    ['a short salt', `scrypt$32768$8$3$YQ==$${hash}`],
    ['a short hash', `scrypt$32768$8$3$${salt}$YQ==`],
    ['something after it', `scrypt$32768$8$3$${salt}$${hash}$x`],
  ])('refuse a hash with %s', (_what, text) => {
    expect(parsePasswordHash(text)).toBeNull();
  });
});
