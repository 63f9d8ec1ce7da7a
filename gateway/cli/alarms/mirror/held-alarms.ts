/** The states of all alarms as a consumer has them: from retained states, from events, and from the items of a refresh. */
import type { z } from 'zod';
import { StateHash } from '../../../broker/state-hash.ts';
import type { alarmEvent, alarmState } from '../../../broker/schemas.ts';

export type AlarmState = z.output<typeof alarmState>;
export type AlarmEvent = z.output<typeof alarmEvent>;

export interface HeldAlarm {
  readonly alarm: string;
  readonly letter: AlarmState['letter'];
  readonly rev: number;
  /** The newest state that came, older than `rev` while that of the last event is on its way; null before the first. */
  readonly state: AlarmState | null;
}

export class HeldAlarms {
  readonly #held = new Map<string, HeldAlarm>();
  readonly #hash = new StateHash();
  /** Whose state after an event has not come, by the time of the event; the longest waited for first. */
  readonly #unfinished = new Map<string, number>();
  /** Not confirmed yet by the refresh under way. */
  readonly #suspect = new Set<string>();
  /** What is not normal and at most so new was in the latest refresh of everything, or is over. */
  #settledThrough = -1;
  #version = 0;

  /** Grows with each change of what is hashed. */
  get version(): number {
    return this.#version;
  }

  get nonNormal(): number {
    return this.#hash.nonNormal;
  }

  get stateHash(): string {
    return this.#hash.text;
  }

  /** Since when the state after an event has been waited for; null: none is. */
  get unfinishedSince(): number | null {
    return this.#unfinished.values().next().value ?? null;
  }

  get(alarm: string): HeldAlarm | undefined {
    return this.#held.get(alarm);
  }

  list(): readonly HeldAlarm[] {
    return [...this.#held.values()];
  }

  /** An older one is dropped; the same one again completes what is known by its event. */
  takeState(state: AlarmState): void {
    const { alarm, letter, rev } = state;
    const before = this.#held.get(alarm);
    if (before ? rev < before.rev : letter !== 'A' && rev <= this.#settledThrough) return;
    const suspect = before?.rev === rev && this.#suspect.has(alarm);
    this.#hold({ alarm, letter, rev, state });
    if (suspect) this.#suspect.add(alarm);
  }

  /** An older one is dropped. `now`: monotonic milliseconds. */
  takeEvent({ alarm, to: letter, seq: rev }: AlarmEvent['data'], now: number): void {
    const before = this.#held.get(alarm);
    if (before && rev <= before.rev) return;
    this.#hold({ alarm, letter, rev, state: before?.state ?? null });
    this.#unfinished.set(alarm, now);
  }

  /** The alarm's topic was deleted. */
  forget(alarm: string): void {
    const before = this.#held.get(alarm);
    if (!before) return;
    this.#hash.remove(before);
    this.#held.delete(alarm);
    this.#unfinished.delete(alarm);
    this.#suspect.delete(alarm);
    this.#version += 1;
  }

  /** A refresh of everything through `seq` begins. */
  begin(seq: number): void {
    this.#settledThrough = seq;
    for (const alarm of this.#held.keys()) this.#suspect.add(alarm);
  }

  /** What the refresh says replaces what was held before it, even if that looks newer: the store may be an older copy. */
  takeItem(state: AlarmState): void {
    const { alarm, letter, rev } = state;
    const newest = this.#suspect.has(alarm) ? 0 : (this.#held.get(alarm)?.rev ?? 0);
    if (rev >= newest) this.#hold({ alarm, letter, rev, state });
  }

  /** The refresh has ended: what is still suspect is normal, or is from a future that is not the store's. */
  settle(): void {
    for (const alarm of [...this.#suspect]) {
      const held = this.#held.get(alarm);
      if (held && (held.letter !== 'A' || held.rev > this.#settledThrough)) this.forget(alarm);
      this.#unfinished.delete(alarm);
    }
    this.#suspect.clear();
  }

  /** What is of another epoch says nothing any more. */
  keepEpoch(epoch: number): void {
    for (const { alarm, state } of this.list()) if (state?.epoch !== epoch) this.forget(alarm);
  }

  #hold(held: HeldAlarm): void {
    const before = this.#held.get(held.alarm);
    this.#held.set(held.alarm, held);
    this.#suspect.delete(held.alarm);
    this.#unfinished.delete(held.alarm);
    if (before?.rev === held.rev && before.letter === held.letter) return;
    if (before) this.#hash.remove(before);
    this.#hash.add(held);
    this.#version += 1;
  }
}
