/**
 * What the published alarm states amount to: `alarm/head`. A consumer that holds the same states computes the same hash.
 * It describes what was published, never what is still waiting to be.
 */
import type { AlarmRow } from '../../store/rows.ts';
import { StateHash, type HashedState } from '../state-hash.ts';

type State = HashedState & Pick<AlarmRow, 'changedAt'>;

export class AlarmHead {
  readonly #published = new Map<string, State>();
  readonly #hash = new StateHash();
  #seq = 0;
  #version = 0;

  /** Grows with each change. */
  get version(): number {
    return this.#version;
  }

  /** The newest alarm event that was published, or that a published state stands for. */
  get seq(): number {
    return this.#seq;
  }

  get nonNormal(): number {
    return this.#hash.nonNormal;
  }

  get stateHash(): string {
    return this.#hash.text;
  }

  eventPublished(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
    this.#version += 1;
  }

  statePublished(state: State): void {
    this.forget(state.alarm);
    this.#published.set(state.alarm, state);
    this.#hash.add(state);
    this.#seq = Math.max(this.#seq, state.rev);
    this.#version += 1;
  }

  /** The alarm's topic was deleted. */
  forget(alarm: string): void {
    const before = this.#published.get(alarm);
    if (before) this.#hash.remove(before);
    this.#published.delete(alarm);
  }

  /** Normal since before `time` (Unix milliseconds): their topics have served. */
  normalSinceBefore(time: number): string[] {
    const old: string[] = [];
    for (const { alarm, letter, changedAt } of this.#published.values()) {
      if (letter === 'A' && changedAt < time) old.push(alarm);
    }
    return old;
  }

  /** A new connection: nothing was published on it. */
  clear(): void {
    this.#published.clear();
    this.#hash.clear();
  }
}
