/** General application errors: RSP_UD with CI 70. The M-Bus: A Documentation Rev. 4.8, 6.6; the names are libmbus's. */

const NAMES: ReadonlyMap<number, string> = new Map([
  [0, 'Unspecified error'],
  [1, 'Unimplemented CI-Field'],
  [2, 'Buffer too long, truncated'],
  [3, 'Too many records'],
  [4, 'Premature end of record'],
  [5, 'More than 10 DIFEs'],
  [6, 'More than 10 VIFEs'],
  [7, 'Reserved'],
  [8, 'Application busy'],
  [9, 'Too many readouts'],
]);

/** The name of an application error; a slave that gives no code means 0. */
export function applicationErrorName(code: number): string {
  return NAMES.get(code) ?? `Unknown error (${code.toString(16).toUpperCase().padStart(2, '0')})`;
}
