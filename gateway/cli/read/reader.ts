/** Between the line that `read` has opened and the two ways of reading from it. */
import type { Link } from '../../../drivers/contract.ts';
import type { ReadOptions } from './options.ts';
import type { Target } from './target.ts';

/** What a way of reading gets to work with. */
export interface Reader extends Target {
  readonly link: Link;
  readonly options: ReadOptions;
  /** To be called after each request and its reply. */
  readonly exchanged: () => void;
}

/** What it found: for `--json`, and as lines for a person. */
export interface ReadReport {
  readonly view: Readonly<Record<string, unknown>>;
  readonly lines: readonly string[];
  readonly complete: boolean;
}
