/** What a decoder makes of bytes, whatever the protocol; plain JSON. */

/** One frame, or bytes that are none. Offsets and lengths in bytes. */
export type Entry = FrameEntry | FailedEntry;

export interface FrameEntry {
  readonly ok: true;
  readonly offset: number;
  readonly length: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface FailedEntry {
  readonly ok: false;
  readonly offset: number;
  /** Not there where the input was no bytes. */
  readonly length?: number;
  readonly error: { readonly code: string; readonly message: string };
}

/** Some bytes of a frame under the name that its specification gives them. */
export interface Part {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly meaning: string;
}

/** What is known of a frame besides its bytes. */
export interface FrameContext {
  /** The frame before it, which may be the request that it answers. */
  readonly before: FrameEntry | null;
  /** What the device's model has at an address that a function reads or writes. */
  readonly labelOf?: ((fc: number, address: number) => string | undefined) | undefined;
}
