/** The progress bar of a scan, on standard error: what was found goes to standard output. */
import { SingleBar } from 'cli-progress';
import type { SerialRate } from '../../config/wire-time.ts';
import type { FoundDevice } from './found.ts';

export interface Progress {
  readonly update: (asked: number, found: readonly FoundDevice[], rate: SerialRate | null) => void;
  readonly stop: () => void;
}

const SHOWN_UNITS = 8;

/** Shows nothing where `stream` is no terminal. */
export function showProgress(stream: NodeJS.WriteStream, total: number): Progress {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  const format = '{bar} {percentage} %  {value}/{total} asked{at}  {eta_formatted} left  {found}';
  const bar = new SingleBar({
    format,
    stream,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    gracefulExit: false,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  bar.start(total, 0, { at: '', found: '' });
  return {
    update: (asked, found, rate) => {
      const at = rate ? ` at ${rate.baud} ${rate.format}` : '';
      bar.update(asked, { at, found: inWords(found) });
    },
    stop: () => bar.stop(),
  };
}

function inWords(found: readonly FoundDevice[]): string {
  if (found.length === 0) return 'none found yet';
  const units = found.slice(0, SHOWN_UNITS).map(({ unit }) => unit);
  return `found ${units.join(', ')}${found.length > SHOWN_UNITS ? ` and ${found.length - SHOWN_UNITS} more` : ''}`;
}
