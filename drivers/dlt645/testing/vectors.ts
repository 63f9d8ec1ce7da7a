/** The frames of testdata/vectors, for tests. */
import v1997 from '../testdata/vectors/dlt645-1997.json' with { type: 'json' };
import v2007 from '../testdata/vectors/dlt645-2007.json' with { type: 'json' };
import streams from '../testdata/vectors/dlt645-stream.json' with { type: 'json' };
import { bytesAmong, type Vector as OfAnyProtocol } from '../../testing/vectors.ts';

export { fromHex, joined } from '../../testing/vectors.ts';

export interface Vector extends OfAnyProtocol {
  readonly protocol: string;
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
  return bytesAmong([...vectors2007, ...vectors1997, ...streamVectors], id);
}
