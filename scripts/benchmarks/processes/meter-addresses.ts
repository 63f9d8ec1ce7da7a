/** The addresses of a line's meters, the same for those that answer and those that ask. */

/** Twelve digits: the line, from 1, and the meter. */
export function meterAddresses(line: number, meters: number): string[] {
  return Array.from({ length: meters }, (_, i) => `${line + 1}${String(i + 1).padStart(6, '0')}`.padStart(12, '0'));
}
