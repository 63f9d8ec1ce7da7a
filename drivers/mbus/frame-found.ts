/** What a stream of unknown content is found to hold of M-Bus. */
import * as found from '../bytes/found.ts';

export { undecodable, wholeFrame } from '../bytes/found.ts';

export type FoundFrame = found.WholeFrame | UndecodableBytes;
export type UndecodableBytes = found.UndecodableBytes<FrameError>;

export interface FrameError {
  /**
   * `checksum`: one frame, its check byte wrong. `truncated`: the beginning of a frame. `structure`: a head whose two
   * length bytes differ or count too little, or a frame without its stop byte. `garbage`: no frame.
   */
  readonly code: 'checksum' | 'truncated' | 'structure' | 'garbage';
  readonly message: string;
  /** The check byte as it stands on the wire, in hex. */
  readonly checksumFound?: string;
  readonly checksumExpected?: string;
}

export function garbage(offset: number, end: number): UndecodableBytes {
  return found.garbage(offset, end, 'M-Bus');
}
