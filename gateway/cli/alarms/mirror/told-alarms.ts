/** What a person was told of each alarm, so that after a refresh they are told the rest, once. */
import type { HeldAlarm } from './held-alarms.ts';

type Told = Pick<HeldAlarm, 'rev' | 'letter'> & { readonly last: HeldAlarm };

/** Of no event: whatever is held then is news. */
const OF_ANOTHER_EPOCH = -1;

export class ToldAlarms {
  readonly #told = new Map<string, Told>();

  /** They were told of the event `rev`, after which the alarm had this letter. `last`: what is known of the alarm. */
  event({ rev, letter }: Pick<HeldAlarm, 'rev' | 'letter'>, last: HeldAlarm): void {
    const before = this.#told.get(last.alarm);
    if (!before || before.rev <= rev) this.#told.set(last.alarm, { rev, letter, last });
  }

  forget(alarm: string): void {
    this.#told.delete(alarm);
  }

  /** Another epoch counts its revisions anew. */
  newEpoch(): void {
    for (const [alarm, told] of this.#told) this.#told.set(alarm, { ...told, rev: OF_ANOTHER_EPOCH });
  }

  /**
   * All through `seq` is held: how the alarms are now of which they were told nothing, or something older. One that is
   * normal and of which they do not believe anything else is no news.
   */
  catchUp(held: readonly HeldAlarm[], seq: number): readonly HeldAlarm[] {
    const news: HeldAlarm[] = [];
    const here = new Set<string>();
    for (const alarm of held) {
      here.add(alarm.alarm);
      const told = this.#told.get(alarm.alarm);
      if (alarm.rev > seq || told?.rev === alarm.rev) continue;
      if (alarm.letter !== 'A' || (told?.letter ?? 'A') !== 'A') news.push(alarm);
      this.#told.set(alarm.alarm, { rev: alarm.rev, letter: alarm.letter, last: alarm });
    }
    return [...news, ...this.#gone(here)];
  }

  #gone(here: ReadonlySet<string>): HeldAlarm[] {
    const gone = [...this.#told.values()].filter(({ last }) => !here.has(last.alarm));
    for (const { last } of gone) this.#told.delete(last.alarm);
    return gone.filter(({ letter }) => letter !== 'A').map(({ last }) => ({ ...last, letter: 'A' }));
  }
}
