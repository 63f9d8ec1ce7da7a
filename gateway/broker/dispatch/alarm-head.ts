/**
 * What the published alarm states amount to: `alarm/head`. A consumer that holds the same states computes the same hash.
 * It describes what was published, never what is still waiting to be.
 */
import { hash } from 'node:crypto';
import type { AlarmRow } from '../../store/rows.ts';

type State = Pick<AlarmRow, 'alarm' | 'rev' | 'letter' | 'changedAt'>;

export class AlarmHead {
  readonly #published = new Map<string, State>();
  #seq = 0;
  #nonNormal = 0;
  #hash = 0n;
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
    return this.#nonNormal;
  }

  /** The first 8 bytes of SHA-256 of `{alarm} {rev} {letter}` of every non-normal alarm, combined by XOR; 16 hex digits. */
  get stateHash(): string {
    return this.#hash.toString(16).padStart(16, '0');
  }

  eventPublished(seq: number): void {
    this.#seq = Math.max(this.#seq, seq);
    this.#version += 1;
  }

  statePublished(state: State): void {
    this.forget(state.alarm);
    this.#published.set(state.alarm, state);
    this.#count(state, 1);
    this.#seq = Math.max(this.#seq, state.rev);
    this.#version += 1;
  }

  /** The alarm's topic was deleted. */
  forget(alarm: string): void {
    const before = this.#published.get(alarm);
    if (before) this.#count(before, -1);
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
    this.#nonNormal = 0;
    this.#hash = 0n;
  }

  #count(state: State, sign: 1 | -1): void {
    if (state.letter === 'A') return;
    this.#nonNormal += sign;
    this.#hash ^= fingerprint(state);
  }
}

function fingerprint({ alarm, rev, letter }: State): bigint {
  return hash('sha256', `${alarm} ${rev} ${letter}`, 'buffer').readBigUInt64BE(0);
}
