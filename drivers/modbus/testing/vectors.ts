/** The frames of testdata/vectors, for tests. */
import rtu from '../testdata/vectors/modbus-rtu.json' with { type: 'json' };
import tcp from '../testdata/vectors/modbus-tcp.json' with { type: 'json' };

export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly hex: string;
  readonly valid: boolean;
  readonly decoded: Readonly<Record<string, unknown>>;
  /** Request and reply of one dialogue share a name. */
  readonly exchange?: string;
}

export const rtuVectors: readonly Vector[] = rtu;
export const tcpVectors: readonly Vector[] = tcp;

/** The bytes of one vector; throws where there is none of that id. */
export function vectorBytes(id: string): Uint8Array {
  const vector = [...rtuVectors, ...tcpVectors].find((one) => one.id === id);
  if (vector === undefined) throw new Error(`no vector ${id}`);
  return fromHex(vector.hex);
}

/** Bytes written as hex, spaces allowed. */
export function fromHex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}
