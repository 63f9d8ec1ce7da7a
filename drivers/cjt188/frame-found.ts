/** What a stream of unknown content is found to hold of CJ/T 188. Offsets are of a 68. */
import * as found from '../bytes/found.ts';

export { undecodable } from '../bytes/found.ts';

export type FoundFrame = WholeFrame | UndecodableBytes;
export type UndecodableBytes = found.UndecodableBytes<FrameError>;

export interface WholeFrame extends found.WholeFrame {
  /** Wake-up bytes right before `offset`; they belong to this frame. */
  readonly preambleFE: number;
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

export function garbage(offset: number, end: number): UndecodableBytes {
  return found.garbage(offset, end, 'CJ/T 188');
}
