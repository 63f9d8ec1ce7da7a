/** What the explanation of captured bytes is made of. */
import type { FrameError } from './frame-found.ts';

/** Plain JSON. */
export type FieldValue = string | number | boolean | null | readonly FieldValue[] | Fields;
export interface Fields {
  readonly [name: string]: FieldValue;
}

/**
 * `application`: a whole frame in which a slave reports an error. `unsupported`: a whole frame of a kind that is not
 * decoded. `records`: a whole frame whose data contradict themselves. The others: no whole frame.
 */
export type DecodeErrorCode = FrameError['code'] | 'application' | 'unsupported' | 'records';

/** One frame, or the bytes between two; offsets and lengths in bytes. `fields` of what is not ok: what is known all the same. */
export type DecodeEntry =
  | { readonly ok: true; readonly offset: number; readonly length: number; readonly fields: Fields }
  | {
      readonly ok: false;
      readonly offset: number;
      readonly length: number;
      readonly error: Omit<FrameError, 'code'> & { readonly code: DecodeErrorCode };
      readonly fields?: Fields;
    };

/** What a frame amounts to. */
export type Explanation =
  | { readonly ok: true; readonly fields: Fields }
  | {
      readonly ok: false;
      readonly error: { readonly code: DecodeErrorCode; readonly message: string };
      readonly fields?: Fields;
    };
