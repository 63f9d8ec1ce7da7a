/** Which requests a device must refuse whatever it holds: MODBUS Application Protocol V1.1b3, 6.1 to 6.17. */

interface Range {
  readonly kind: 'bits' | 'registers';
  /** Offsets within the PDU of the first address, of the count, and of the count of data bytes where there is one. */
  readonly addressAt: number;
  readonly countAt: number;
  readonly bytesAt?: number;
  readonly max: number;
}

const READ_BITS: Range = { kind: 'bits', addressAt: 1, countAt: 3, max: 2000 };
const READ_REGISTERS: Range = { kind: 'registers', addressAt: 1, countAt: 3, max: 125 };

const RANGES: ReadonlyMap<number, readonly Range[]> = new Map([
  [1, [READ_BITS]],
  [2, [READ_BITS]],
  [3, [READ_REGISTERS]],
  [4, [READ_REGISTERS]],
  [15, [{ kind: 'bits', addressAt: 1, countAt: 3, bytesAt: 5, max: 1968 }]],
  [16, [{ kind: 'registers', addressAt: 1, countAt: 3, bytesAt: 5, max: 123 }]],
  [23, [READ_REGISTERS, { kind: 'registers', addressAt: 5, countAt: 7, bytesAt: 9, max: 121 }]],
]);

/** The exception that a request must be answered with, and why; null where its counts and addresses are legal. */
export function illegality(request: Uint8Array): string | null {
  for (const range of RANGES.get(request[0] ?? 0) ?? []) {
    const reason = violation(request, range);
    if (reason !== null) return reason;
  }
  return null;
}

function violation(request: Uint8Array, { kind, addressAt, countAt, bytesAt, max }: Range): string | null {
  const count = wordAt(request, countAt);
  if (count === 0) return `exception 03 (no ${kind})`;
  if (count > max) return `exception 03 (more than ${max} ${kind})`;
  const bytes = kind === 'bits' ? Math.ceil(count / 8) : count * 2;
  if (bytesAt !== undefined && request[bytesAt] !== bytes) {
    return `exception 03 (${request[bytesAt] ?? 0} bytes for ${count} ${kind})`;
  }
  return wordAt(request, addressAt) + count > 65_536 ? 'exception 02 (beyond address 65535)' : null;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}
