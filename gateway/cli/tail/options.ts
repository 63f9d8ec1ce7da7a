/** The options of `tail`. */
import type { FeedOptions } from '../mqtt/options.ts';

export interface TailOptions extends FeedOptions {
  readonly api?: string;
  /** Seconds. */
  readonly silence: number;
  readonly json?: boolean;
}
