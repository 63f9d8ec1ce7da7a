/** Says when a feed has been silent for long: a quiet site and a dead feed look the same. */

export interface SilenceWatch {
  readonly heard: () => void;
  readonly stop: () => void;
}

/** Calls `say` with the seconds of silence, each time that `everyS` more of them have passed. */
export function watchSilence(everyS: number, say: (seconds: number) => void): SilenceWatch {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += everyS;
    say(seconds);
  }, everyS * 1_000);
  return {
    heard: () => {
      seconds = 0;
      timer.refresh();
    },
    stop: () => clearInterval(timer),
  };
}
