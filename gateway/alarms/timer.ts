/** Wakes the alarm engine when its next delay is due: one timer, moved whenever something may have changed it. */
import type { Clock } from '../clock.ts';
import type { AlarmEngine } from './engine.ts';

export interface AlarmTimer {
  /** To be called after anything that the engine was told. */
  rearm(): void;
  /** For ever: what the engine is told while everything ends wakes nobody. */
  stop(): void;
}

export function createAlarmTimer(engine: Pick<AlarmEngine, 'nextDue' | 'tick'>, clock: Clock): AlarmTimer {
  let timer: NodeJS.Timeout | undefined;
  let armedFor: number | null = null;
  let stopped = false;
  const rearm = (): void => {
    if (stopped) return;
    const due = engine.nextDue();
    if (due === armedFor) return;
    clearTimeout(timer);
    armedFor = due;
    if (due === null) return;
    timer = setTimeout(
      () => {
        armedFor = null;
        engine.tick();
        rearm();
      },
      Math.max(0, due - clock.monotonic()),
    );
  };
  const stop = (): void => {
    stopped = true;
    clearTimeout(timer);
  };
  return { rearm, stop };
}
