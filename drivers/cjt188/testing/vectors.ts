/** The frames of testdata/vectors, for tests. */
import cjt188 from '../testdata/vectors/cjt188-2004.json' with { type: 'json' };

export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly hex: string;
  readonly valid: boolean;
  readonly decoded: Readonly<Record<string, unknown>>;
  /** Request and reply of one dialogue share a name. */
  readonly exchange?: string;
}

export const vectors: readonly Vector[] = cjt188;

/** The bytes of one vector; throws where there is none of that id. `id`: its last three digits. */
export function vectorBytes(id: string): Uint8Array {
  const vector = vectors.find((one) => one.id.endsWith(`-${id}`));
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

/** `text` with its check byte and 16, and without wake-up bytes. Written out here so that no test trusts the codec. */
export function sealed(text: string): Uint8Array {
  const frame = fromHex(text);
  return Uint8Array.of(
    ...frame,
    frame.reduce((sum, byte) => (sum + byte) % 256, 0),
    0x16,
  );
}
