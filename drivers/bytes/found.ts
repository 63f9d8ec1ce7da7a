/** What a stream of unknown content is found to hold: whole frames, and the bytes between them. */

export interface WholeFrame {
  readonly ok: true;
  readonly offset: number;
  readonly length: number;
}

/** `E` says what is wrong with them, in the words of a protocol. */
export interface UndecodableBytes<E> {
  readonly ok: false;
  readonly offset: number;
  readonly length: number;
  readonly error: E;
}

export function wholeFrame(offset: number, end: number): WholeFrame {
  return { ok: true, offset, length: end - offset };
}

export function undecodable<E>(offset: number, end: number, error: E): UndecodableBytes<E> {
  return { ok: false, offset, length: end - offset, error };
}

/** Bytes that belong to no frame of `protocol`. */
export function garbage(
  offset: number,
  end: number,
  protocol: string,
): UndecodableBytes<{ readonly code: 'garbage'; readonly message: string }> {
  const count = end - offset;
  const message = `${count} ${count === 1 ? 'byte belongs' : 'bytes belong'} to no ${protocol} frame`;
  return undecodable(offset, end, { code: 'garbage', message });
}
