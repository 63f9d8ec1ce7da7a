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
   * `checksum`: one frame, its check byte wrong. `truncated`: the beginning of a frame. `structure`: a head whose two
   * length bytes differ or count too little, or a frame without its stop byte. `garbage`: no frame.
   */
  readonly code: 'checksum' | 'truncated' | 'structure' | 'garbage';
  readonly message: string;
  /** The check byte as it stands on the wire, in hex. */
  readonly checksumFound?: string;
  readonly checksumExpected?: string;
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
    message: `${count} ${count === 1 ? 'byte belongs' : 'bytes belong'} to no M-Bus frame`,
  });
}
