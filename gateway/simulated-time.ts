/**
 * For trials: the wall clock is that of running simulators, where a month may pass in minutes. Intervals, time-outs and schedules stay
 * the machine's own, for the wires are as slow as ever.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { systemClock, type Clock } from './clock.ts';

export interface SimulatedTime {
  readonly clock: Clock;
  /** What is to be said of it, with the speed that it runs at now. */
  readonly words: () => string;
  readonly stop: () => void;
}

/** As the simulators say it: `speed` simulated seconds a second. */
interface Told {
  readonly unixMs: number;
  readonly speed: number;
}

const timeAnswer = z.object({ unixMs: z.number(), speed: z.number().positive() });
/** So soon a change of the speed is noticed. */
const ASK_EVERY_MS = 200;
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|localhost)$/;

/** Whether `url` can only be a trial: an HTTP address of this machine. */
export function isTrialAddress(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === 'http:' && LOOPBACK.test(parsed.hostname);
}

/** Asks the simulators at `base`, and goes on asking until `stop`. Rejects where nobody tells a time there. */
export async function followSimulatedTime(base: string): Promise<SimulatedTime> {
  const url = new URL('/time', base);
  const time = new FollowedClock(await ask(url), () => systemClock.monotonic());
  const ending = new AbortController();
  void follow(url, time, ending.signal);
  return {
    clock: time,
    words: () => `the time of ${url.origin}, ${time.speed} times as fast as it is: for trials only`,
    stop: () => ending.abort(),
  };
}

/** A reading of a far clock, and when the machine's monotonic clock stood at what when it was read. */
interface Sighting extends Told {
  readonly at: number;
}

/** Goes on from what it was last told. It never goes back: what it was ahead by, it waits for. */
export class FollowedClock implements Clock {
  readonly monotonic: () => number;
  #told: Sighting;
  #last = -Infinity;

  constructor(told: Sighting, monotonic: () => number) {
    this.monotonic = monotonic;
    this.#told = told;
  }

  get speed(): number {
    return this.#told.speed;
  }

  now(): number {
    const { unixMs, speed, at } = this.#told;
    this.#last = Math.max(this.#last, Math.round(unixMs + (this.monotonic() - at) * speed));
    return this.#last;
  }

  set(told: Sighting): void {
    this.#told = told;
  }
}

async function follow(url: URL, time: FollowedClock, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await delay(ASK_EVERY_MS, undefined, { ref: false });
    try {
      time.set(await ask(url));
    } catch {
      // They have gone, or are slow: the time that was told last goes on.
    }
  }
}

/** What it was halfway between question and answer. */
async function ask(url: URL): Promise<Sighting> {
  const asked = systemClock.monotonic();
  const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
  const told = timeAnswer.parse(await response.json());
  return { ...told, at: (asked + systemClock.monotonic()) / 2 };
}
