/** What a stream of unknown content is found to hold of Modbus. */
import * as found from '../bytes/found.ts';

export { undecodable, wholeFrame } from '../bytes/found.ts';

export type FoundFrame = found.WholeFrame | UndecodableBytes;
export type UndecodableBytes = found.UndecodableBytes<FrameError>;

export interface FrameError {
  /**
   * `crc`: one frame, its check value wrong. `truncated`: the beginning of a frame. `protocol`, `length`: an MBAP header
   * with a wrong field. `structure`: a sound envelope around a PDU that its function cannot have. `garbage`: no frame.
   */
  readonly code: 'crc' | 'truncated' | 'protocol' | 'length' | 'structure' | 'garbage';
  readonly message: string;
  /** The two bytes of the CRC as they stand on the wire, in hex. */
  readonly crcFound?: string;
  readonly crcExpected?: string;
}

export function garbage(offset: number, end: number): UndecodableBytes {
  return found.garbage(offset, end, 'Modbus');
}
