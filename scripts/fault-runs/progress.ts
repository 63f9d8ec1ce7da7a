/** How far a fault run is: a bar on a terminal, and a line now and then elsewhere. */
import { SingleBar } from 'cli-progress';

export interface Progress {
  readonly update: (kills: number, presses: number) => void;
  readonly stop: () => void;
}

const LINE_EVERY = 25;

export function showProgress(stream: NodeJS.WriteStream, total: number): Progress {
  if (!stream.isTTY) return lines(stream, total);
  const bar = new SingleBar({
    format: '{bar} {value} of {total} kills, {presses} presses  {eta_formatted} left',
    ...{ stream, barsize: 24, barCompleteChar: '█', barIncompleteChar: '░' },
    ...{ hideCursor: true, gracefulExit: false, clearOnComplete: true, etaBuffer: 50 },
  });
  bar.start(total, 0, { presses: 0 });
  return { update: (kills, presses) => bar.update(Math.min(kills, total), { presses }), stop: () => bar.stop() };
}

function lines(stream: NodeJS.WriteStream, total: number): Progress {
  let next = LINE_EVERY;
  const update = (kills: number, presses: number): void => {
    if (kills < next) return;
    next = kills + LINE_EVERY;
    stream.write(`· ${kills} of ${total} kills, ${presses} presses\n`);
  };
  return { update, stop: () => undefined };
}
