/** A link that a scan can be broken off at, and that outlasts lost connections. */
import type { Exchange, Link } from '../../../drivers/contract.ts';
import { DriverError } from '../../../drivers/errors.ts';
import { CliError } from '../exit.ts';
import type { OpenLine } from '../line/open-line.ts';

/** How long a lost connection may take to come back, and how often it may be lost over one question. */
const REOPEN_MS = 15_000;
const LOSSES = 3;

/** The scan was broken off between two exchanges. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

export interface WatchOptions {
  readonly line: Pick<OpenLine, 'overheard' | 'reopened'>;
  readonly signal: AbortSignal;
  /** Called after each exchange. */
  readonly asked: () => void;
}

/** Only for what may be asked twice. Exchanges reject with BrokenOff, and with CliError where the line is lost for good. */
export function watchedLink(link: Link, { line, signal, asked }: WatchOptions): Link {
  const exchange = async (wanted: Exchange): Promise<Uint8Array> => {
    for (let left = LOSSES; ; left--) {
      if (signal.aborted) throw new BrokenOff();
      try {
        return await link.exchange(wanted);
      } catch (error) {
        const isLost = error instanceof DriverError && (error.code === 'closed' || error.code === 'unsent');
        if (!isLost) throw error;
        if (left === 0 || !(await line.reopened(REOPEN_MS))) throw new CliError(error.message, 'the scan cannot go on');
      } finally {
        // A scan of hours must not keep all that it has heard.
        line.overheard();
        asked();
      }
    }
  };
  return { medium: link.medium, exchange, wait: (ms) => link.wait(ms), now: () => link.now() };
}
