/** The frames of testdata/vectors, for tests, and frames written out apart from the codec. */
import dc09 from '../testdata/vectors/sia-dc09.json' with { type: 'json' };

export interface Vector {
  readonly frame: string;
  readonly encrypted: boolean;
  readonly key?: string;
  readonly padding?: string;
  readonly plain?: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export const vectors: readonly Vector[] = dc09;

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** As it stands on the wire. */
export function onWire(frame: string): Uint8Array {
  return bytesOf(`\n${frame}\r`);
}

/** CRC-16/ARC bit by bit, so that no test trusts the table of the codec. */
export function crcByBits(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xa001 : crc >>> 1;
  }
  return crc;
}

/** `content` behind its CRC and LEN, or behind others. Without LF and CR. */
export function sealed(content: string, { crc, length }: { crc?: number; length?: number } = {}): string {
  const bytes = bytesOf(content);
  const four = (value: number): string => value.toString(16).toUpperCase().padStart(4, '0');
  return four(crc ?? crcByBits(bytes)) + four(length ?? bytes.length) + content;
}
