/** The frames of testdata/vectors, for tests. */
import cjt188 from '../testdata/vectors/cjt188-2004.json' with { type: 'json' };
import { bytesAmong, fromHex, type Vector } from '../../testing/vectors.ts';

export { fromHex, joined, type Vector } from '../../testing/vectors.ts';

export const vectors: readonly Vector[] = cjt188;

/** The bytes of one vector; throws where there is none of that id. `id`: its last three digits. */
export function vectorBytes(id: string): Uint8Array {
  return bytesAmong(vectors, `-${id}`);
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
