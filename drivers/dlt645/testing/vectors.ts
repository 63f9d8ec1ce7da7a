/** The frames of testdata/vectors, for tests. */
import v1997 from '../testdata/vectors/dlt645-1997.json' with { type: 'json' };
import v2007 from '../testdata/vectors/dlt645-2007.json' with { type: 'json' };
import streams from '../testdata/vectors/dlt645-stream.json' with { type: 'json' };

export interface Vector {
  readonly id: string;
  readonly protocol: string;
  readonly kind: string;
  readonly hex: string;
  readonly valid: boolean;
  readonly decoded: Readonly<Record<string, unknown>>;
  /** Request and reply of one dialogue share a name. */
  readonly exchange?: string;
}

export interface StreamVector {
  readonly id: string;
  readonly kind: string;
  readonly hex: string;
  readonly decoded: {
    readonly frames: readonly {
      readonly offset: number;
      readonly hex: string;
      readonly decoded: Readonly<Record<string, unknown>>;
    }[];
  };
}

export const vectors2007: readonly Vector[] = v2007;
export const vectors1997: readonly Vector[] = v1997;
export const streamVectors: readonly StreamVector[] = streams;

/** The bytes of one vector; throws where there is none of that id. */
export function vectorBytes(id: string): Uint8Array {
  const vector = [...vectors2007, ...vectors1997, ...streamVectors].find((one) => one.id === id);
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
