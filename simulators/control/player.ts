/** Plays scenarios for whoever asks, any number at a time, until the simulators end. */
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningCommunity } from '../community/start.ts';
import { play, type Scenario } from '../scenarios/scenario.ts';

export class Player {
  readonly #community: RunningCommunity;
  readonly #announce: (line: string) => void;
  readonly #ending = new AbortController();
  readonly #plays = new Map<number, { readonly scenario: Scenario; readonly ends: Promise<void> }>();
  #n = 0;

  constructor(community: RunningCommunity, announce: (line: string) => void) {
    this.#community = community;
    this.#announce = announce;
  }

  /** Names of what is being played. */
  get playing(): readonly string[] {
    return [...this.#plays.values()].map(({ scenario }) => scenario.name);
  }

  start(scenario: Scenario, speed: number): void {
    const n = ++this.#n;
    const { plant, clock } = this.#community;
    const wait = (ms: number): Promise<void> => delay(ms, undefined, { signal: this.#ending.signal });
    const ends = play(scenario, { plant, clock, announce: this.#announce, wait }, speed)
      .catch((error: unknown) => {
        if (!this.#ending.signal.aborted) throw error;
      })
      .finally(() => this.#plays.delete(n));
    this.#plays.set(n, { scenario, ends });
  }

  /** Breaks off whatever is being played. */
  async close(): Promise<void> {
    this.#ending.abort();
    await Promise.all([...this.#plays.values()].map(({ ends }) => ends));
  }
}
