/** Plays scenarios for whoever asks, several at a time but none twice, until the simulators end. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningCommunity } from '../community/start.ts';
import { durationMs, play, type Scenario } from '../scenarios/scenario.ts';

export class AlreadyPlaying extends Error {}

interface Play {
  /** Monotonic milliseconds. */
  readonly endsAt: number;
  readonly ends: Promise<void>;
}

export class Player {
  readonly #community: RunningCommunity;
  readonly #announce: (line: string) => void;
  readonly #ending = new AbortController();
  readonly #plays = new Map<Scenario, Play>();

  constructor(community: RunningCommunity, announce: (line: string) => void) {
    this.#community = community;
    this.#announce = announce;
  }

  /** Names of what is being played. */
  get playing(): readonly string[] {
    return [...this.#plays.keys()].map(({ name }) => name);
  }

  /** Throws AlreadyPlaying: the steps of two would undo each other. */
  start(scenario: Scenario, speed: number): void {
    const { plant, clock } = this.#community;
    const now = clock.monotonic();
    const under = this.#plays.get(scenario);
    if (under !== undefined) {
      const seconds = Math.max(1, Math.ceil((under.endsAt - now) / 1_000));
      throw new AlreadyPlaying(`"${scenario.name}" is being played, for another ${seconds} s`);
    }
    const wait = (ms: number): Promise<void> => delay(ms, undefined, { signal: this.#ending.signal });
    const ends = play(scenario, { plant, clock, announce: this.#announce, wait }, speed)
      .catch((error: unknown) => {
        if (!this.#ending.signal.aborted) throw error;
      })
      .finally(() => this.#plays.delete(scenario));
    this.#plays.set(scenario, { endsAt: now + durationMs(scenario) / speed, ends });
  }

  /** Breaks off whatever is being played. */
  async close(): Promise<void> {
    this.#ending.abort();
    await Promise.all([...this.#plays.values()].map(({ ends }) => ends));
  }
}
