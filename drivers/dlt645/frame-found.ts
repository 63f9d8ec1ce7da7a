/** What a stream of unknown content is found to hold: frames, damaged frames, and what belongs to none. */

export type FoundFrame = WholeFrame | UndecodableBytes;

/** From the first 68H on. The `wakeUp` bytes FEH right before it belong to it too. */
interface Place {
  readonly offset: number;
  readonly length: number;
  readonly wakeUp: number;
}

export interface WholeFrame extends Place {
  readonly ok: true;
}

export interface UndecodableBytes extends Place {
  readonly ok: false;
  readonly error: FrameError;
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
  return { ok: false, offset, length: end - offset, wakeUp, error };
}

export function garbage(offset: number, end: number): UndecodableBytes {
  const count = end - offset;
  const message = `${count} ${count === 1 ? 'byte belongs' : 'bytes belong'} to no DL/T 645 frame`;
  return undecodable(offset, end, 0, { code: 'garbage', message });
}
