/** A file that grows line by line, so that the lines are gone through once. */
import type { Cell, LineShown } from './columns.ts';

export interface Rendering {
  /** `cells`: what the columns show of the line, in their order. */
  readonly add: (shown: LineShown, cells: readonly Cell[]) => unknown;
  /** Alone in its memory, which is moved to whoever keeps it. */
  readonly end: () => Uint8Array<ArrayBuffer>;
}
