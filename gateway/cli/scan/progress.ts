/** The progress bar of a scan, on standard error: what was found goes to standard output. */
import { SingleBar } from 'cli-progress';

export interface ProgressState {
  /** Requests so far. */
  readonly asked: number;
  /** What they took, and what is known to be left, at the time that each takes where nobody answers. */
  readonly doneMs: number;
  readonly leftMs: number;
  /** Protocol, rate and format. */
  readonly at: string;
  /** Units or numbers. */
  readonly found: readonly (string | number)[];
}

export interface Progress {
  readonly update: (state: ProgressState) => void;
  readonly stop: () => void;
}

const SHOWN = 8;

/** Shows nothing where `stream` is no terminal. `totalMs`: how long it will take at least. */
export function showProgress(stream: NodeJS.WriteStream, totalMs: number): Progress {
  if (!stream.isTTY) return { update: () => undefined, stop: () => undefined };
  stream.write(`${estimate(totalMs)}; Ctrl-C ends it with what is found until then\n`);
  const bar = new SingleBar({
    format: '{bar} {percentage} %  {asked} asked{at}  {eta_formatted} left  {found}',
    stream,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    gracefulExit: false,
    clearOnComplete: true,
    etaBuffer: 50,
  });
  bar.start(Math.max(1, totalMs), 0, { asked: 0, at: '', found: '' });
  return {
    update: ({ asked, doneMs, leftMs, at, found }) => {
      bar.setTotal(Math.max(1, doneMs + leftMs));
      bar.update(doneMs, { asked, at: at === '' ? '' : ` at ${at}`, found: inWords(found) });
    },
    stop: () => bar.stop(),
  };
}

/** How long a scan takes, in words. */
export function estimate(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const time = minutes < 2 ? `${Math.max(1, Math.round(ms / 1_000))} seconds` : `${minutes} minutes`;
  return `this takes about ${time}, and longer where several answer at once`;
}

function inWords(found: ProgressState['found']): string {
  if (found.length === 0) return 'none found yet';
  const more = found.length > SHOWN ? ` and ${found.length - SHOWN} more` : '';
  return `found ${found.slice(0, SHOWN).join(', ')}${more}`;
}
