/**
 * What alarm states amount to in `alarm/head`. Whoever holds the same states has the same hash: the gateway of what it has
 * published, a consumer of what it has received.
 */
import { hash } from 'node:crypto';
import type { AlarmRow } from '../store/rows.ts';

export type HashedState = Pick<AlarmRow, 'alarm' | 'rev' | 'letter'>;

export class StateHash {
  #nonNormal = 0;
  #sum = 0n;

  /** How many states are not normal. */
  get nonNormal(): number {
    return this.#nonNormal;
  }

  /** The first 8 bytes of SHA-256 of `{alarm} {rev} {letter}` of every non-normal alarm, combined by XOR; 16 hex digits. */
  get text(): string {
    return this.#sum.toString(16).padStart(16, '0');
  }

  add(state: HashedState): void {
    this.#count(state, 1);
  }

  /** Takes out what was added. */
  remove(state: HashedState): void {
    this.#count(state, -1);
  }

  clear(): void {
    this.#nonNormal = 0;
    this.#sum = 0n;
  }

  #count(state: HashedState, sign: 1 | -1): void {
    if (state.letter === 'A') return;
    this.#nonNormal += sign;
    this.#sum ^= fingerprint(state);
  }
}

function fingerprint({ alarm, rev, letter }: HashedState): bigint {
  return hash('sha256', `${alarm} ${rev} ${letter}`, 'buffer').readBigUInt64BE(0);
}
