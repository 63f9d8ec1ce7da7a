/** What a feed has to say, whatever it comes by. */
import type { LiveEvent } from '../event-line.ts';

export interface Listener {
  /** Something has come, if only a sign of life. */
  readonly alive: () => void;
  /** `raw`: the message as it came, for `--json`. `event`: null where it is not for a person. */
  readonly heard: (raw: unknown, event: LiveEvent | null) => void;
  /** The connection has come or gone; in words. */
  readonly connection: (words: string, up: boolean) => void;
}

/** Resolves when `signal` ends it. Rejects with CliError where trying again is of no use. */
export type Source = (listener: Listener, signal: AbortSignal) => Promise<void>;
