/** The frames of testdata/vectors, for tests. */
import rtu from '../testdata/vectors/modbus-rtu.json' with { type: 'json' };
import tcp from '../testdata/vectors/modbus-tcp.json' with { type: 'json' };
import { bytesAmong, type Vector } from '../../testing/vectors.ts';

export { fromHex, joined, type Vector } from '../../testing/vectors.ts';

export const rtuVectors: readonly Vector[] = rtu;
export const tcpVectors: readonly Vector[] = tcp;

/** The bytes of one vector; throws where there is none of that id. */
export function vectorBytes(id: string): Uint8Array {
  return bytesAmong([...rtuVectors, ...tcpVectors], id);
}
