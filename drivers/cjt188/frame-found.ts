/** What a stream of unknown content is found to hold: whole frames, and the bytes between them. */

export type FoundFrame = WholeFrame | UndecodableBytes;

export interface WholeFrame {
  readonly ok: true;
  /** Of its 68. */
  readonly offset: number;
  /** From its 68 to its 16. */
  readonly length: number;
  /** Wake-up bytes right before `offset`; they belong to this frame. */
  readonly preambleFE: number;
}

export interface UndecodableBytes {
  readonly ok: false;
  readonly offset: number;
  readonly length: number;
  readonly error: FrameError;
}

export interface FrameError {
  /**
   * `checksum`: one frame, its check byte wrong. `truncated`: the beginning of a frame. `malformed`: bytes with a 68 out
   * of which no frame can be cut. `garbage`: no frame.
   */
  readonly code: 'checksum' | 'truncated' | 'malformed' | 'garbage';
  readonly message: string;
  /** Wake-up bytes right before `offset`; they belong to these bytes. */
  readonly preambleFE?: number;
  /** T, address, C and L as far as they are there. None of this is certain. */
  readonly meterType?: string;
  readonly address?: string;
  readonly control?: string;
  readonly length?: number;
  readonly checksumFound?: string;
  readonly checksumExpected?: string;
}

export function undecodable(offset: number, end: number, error: FrameError): UndecodableBytes {
  return { ok: false, offset, length: end - offset, error };
}

/** `1 byte belongs`, `3 bytes belong`. */
export function bytesBelong(count: number): string {
  return count === 1 ? '1 byte belongs' : `${count} bytes belong`;
}
