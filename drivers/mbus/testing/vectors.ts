/** The frames of testdata/vectors, for tests. */
import vectors from '../testdata/vectors/mbus.json' with { type: 'json' };
import { bytesAmong, fromHex } from '../../testing/vectors.ts';

export { fromHex, joined } from '../../testing/vectors.ts';

export interface Vector {
  readonly id: string;
  readonly kind: string;
  readonly hex: string;
  readonly valid: boolean;
  readonly decoded: {
    readonly slave?: Readonly<Record<string, string | undefined>>;
    readonly records?: readonly Readonly<Record<string, string | undefined>>[];
    readonly libmbusXml?: string;
    readonly meaning?: string;
    readonly name?: string;
  };
}

export const mbusVectors: readonly Vector[] = vectors;

/** The bytes of one vector; throws where there is none of that id. */
export function vectorBytes(id: string): Uint8Array {
  return bytesAmong(mbusVectors, id);
}

/** A long frame around `ci` and what follows it, summed up here and not by the code under test. */
export function longFrame(control: number, address: number, body: string): Uint8Array {
  const counted = [control, address, ...fromHex(body)];
  const check = counted.reduce((sum, byte) => sum + byte, 0) & 0xff;
  return Uint8Array.of(0x68, counted.length, counted.length, 0x68, ...counted, check, 0x16);
}

/** RSP_UD of slave 1 with variable data: a header of a KAM water meter 12345678, and `records`. */
export function reply(records: string): Uint8Array {
  return longFrame(0x08, 1, `72 78563412 2d2c 01 07 2a 00 0000 ${records}`);
}
