/** How CJ/T 188 writes numbers and times: BCD, the lowest two digits first. */
import { bytesLowFirst } from '../../drivers/bytes/bcd-low-first.ts';
import { parseLocal, wallOf, type LocalMs } from '../metering/local-time.ts';

/** `value` in `length` bytes; digits that have no room are lost, as on a dial. */
export function bcd(value: bigint | number, length: number): Uint8Array {
  const digits = String(value)
    .padStart(2 * length, '0')
    .slice(-2 * length);
  const bytes = bytesLowFirst(digits);
  if (bytes === null) throw new RangeError(`${value} has no BCD form`);
  return bytes;
}

/** ss mm hh DD MM YY CC. */
export function clockBytes(at: LocalMs): Uint8Array {
  const { year, month, day, hour, minute, second } = wallOf(at);
  const fields = [second, minute, hour, day, month, year % 100, Math.floor(year / 100)];
  return join(fields.map((field) => bcd(field, 1)));
}

/** The time that `ss mm hh DD MM YY CC` stands for; null where it is none. */
export function timeOf(bytes: Uint8Array): LocalMs | null {
  if (bytes.length !== 7) return null;
  const [ss, mm, hh, dd, MM, yy, cc] = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'));
  return parseLocal(`${cc}${yy}-${MM}-${dd}T${hh}:${mm}:${ss}`);
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
