/** Frames from documents and real devices, as the vectors of each driver have them; for tests. */

export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly hex: string;
  readonly valid: boolean;
  readonly decoded: Readonly<Record<string, unknown>>;
  /** Request and reply of one dialogue share a name. */
  readonly exchange?: string;
}

/** The bytes of the vector whose id ends with `id`; throws where there is none. */
export function bytesAmong(vectors: readonly Pick<Vector, 'id' | 'hex'>[], id: string): Uint8Array {
  const vector = vectors.find((one) => one.id.endsWith(id));
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
