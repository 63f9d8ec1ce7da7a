/** What a stream of unknown content is found to hold: whole frames, and the bytes between them. */

export type FoundFrame = WholeFrame | UndecodableBytes;

export interface WholeFrame {
  readonly ok: true;
  readonly offset: number;
  readonly length: number;
}

export interface UndecodableBytes {
  readonly ok: false;
  readonly offset: number;
  readonly length: number;
  readonly error: FrameError;
}

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

export function wholeFrame(offset: number, end: number): WholeFrame {
  return { ok: true, offset, length: end - offset };
}

export function undecodable(offset: number, end: number, error: FrameError): UndecodableBytes {
  return { ok: false, offset, length: end - offset, error };
}

export function garbage(offset: number, end: number): UndecodableBytes {
  const count = end - offset;
  return undecodable(offset, end, {
    code: 'garbage',
    message: `${count} ${count === 1 ? 'byte belongs' : 'bytes belong'} to no Modbus frame`,
  });
}
