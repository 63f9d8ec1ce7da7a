/** Manufacturer codes: three letters of five bits each, A being 1. EN 13757-3; administered by the DLMS user association (FLAG). */

const BEFORE_A = 64;

/** The code that the two bytes of a slave's header spell, low byte first: `KAM`. Not every code spells letters. */
export function manufacturerName(code: number): string {
  return String.fromCharCode(...[10, 5, 0].map((shift) => ((code >> shift) & 0x1f) + BEFORE_A));
}

/** The number of three capital letters; null for anything else. */
export function manufacturerCode(name: string): number | null {
  if (!/^[A-Z]{3}$/.test(name)) return null;
  return Array.from(name).reduce((code, letter) => code * 32 + letter.charCodeAt(0) - BEFORE_A, 0);
}
