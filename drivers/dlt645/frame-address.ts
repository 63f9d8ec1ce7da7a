/** Addresses as they are printed on the meter: twelve digits, the highest first. DL/T 645-2007, 5.2.3. */

/** Whoever hears it obeys, and nobody answers. */
export const BROADCAST = '999999999999';
/** Whoever hears it answers: one meter on the line, or a collision. */
export const ANY_METER = 'aaaaaaaaaaaa';

const ADDRESS = /^(?:aa){0,6}\d*$/;

/**
 * The six bytes of `address` as they go over the wire, the last two digits first. Bytes from the highest downwards may be
 * wildcards: `aaaaaaaa4321`. Null where it is no address.
 */
export function addressBytes(address: string): Uint8Array | null {
  const text = address.toLowerCase();
  if (text.length !== 12 || !ADDRESS.test(text)) return null;
  return Uint8Array.from(Buffer.from(text, 'hex')).reverse();
}

/** The address in `bytes`, which come as they do over the wire. */
export function addressText(bytes: Uint8Array): string {
  return Buffer.from(bytes).reverse().toString('hex');
}

/**
 * Whether what was `asked` of may be answered by `answered`. A wildcard stands for any byte; only to ANY_METER may a meter
 * answer as ANY_METER, which some of 1997 do.
 */
export function addressMatches(asked: string, answered: string): boolean {
  const known = asked.toLowerCase().replace(/^(?:aa)+/, '');
  return answered.endsWith(known);
}
