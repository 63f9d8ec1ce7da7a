/** What a stream of unknown content is found to hold of DL/T 645. Offsets are of a 68. */
import * as found from '../bytes/found.ts';

export type FoundFrame = WholeFrame | UndecodableBytes;

/** The `wakeUp` bytes FE right before `offset` belong to it too. */
export interface WholeFrame extends found.WholeFrame {
  readonly wakeUp: number;
}

export interface UndecodableBytes extends found.UndecodableBytes<FrameError> {
  readonly wakeUp: number;
}

export interface FrameError {
  /**
   * `checksum`: one frame, its checksum wrong. `end`: one frame that does not end with 16H. `truncated`: the beginning of a
   * frame. `foreign`: a frame of DL/T 698.45. `garbage`: no frame.
   */
  readonly code: 'checksum' | 'end' | 'truncated' | 'foreign' | 'garbage';
  readonly message: string;
  /** What the damaged frame seems to be. Nothing of it can be trusted. */
  readonly address?: string;
  readonly control?: string;
  /** Bytes of data. */
  readonly length?: number;
  /** In hex, as they stand on the wire. */
  readonly checksumFound?: string;
  readonly checksumExpected?: string;
}

export function undecodable(offset: number, end: number, wakeUp: number, error: FrameError): UndecodableBytes {
  return { ...found.undecodable(offset, end, error), wakeUp };
}

export function garbage(offset: number, end: number): UndecodableBytes {
  return { ...found.garbage(offset, end, 'DL/T 645'), wakeUp: 0 };
}
