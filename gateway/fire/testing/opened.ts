/** One target of a fire release, with a journal, a device that does what a test says, and time by hand. */
import { readJournal, releaseEvent, remembered, type Told } from '../release-journal.ts';
import {
  releaseStep,
  UNTOUCHED,
  type Cause,
  type CommandEnd,
  type ReleaseEvent,
  type Seen,
  type TargetState,
} from '../release-step.ts';
import type { ReleaseTarget } from '../target.ts';
import type { EventRow } from '../../store/rows.ts';

export const TARGET: ReleaseTarget = { id: 'gate/open', device: 'gate', action: 'open', value: null, sources: null };
const POINT = 'status';

export class Opened {
  now = 0;
  causes: Cause[] = [];
  state: TargetState = UNTOUCHED;
  /** The command under way, by its id. */
  command: string | null = null;
  shown: Seen | null = null;
  heard = { isOnline: true, since: 0 };
  /** All that was asked, with its time. */
  readonly asks: { readonly id: string; readonly at: number }[] = [];
  readonly #rows: EventRow[] = [];
  #end: CommandEnd | null = null;

  raise(occurrenceId: string): ReleaseEvent[] {
    this.causes = [...this.causes, { alarm: 'fire-1--fire-alarm', occurrenceId }];
    return this.look();
  }

  reset(occurrenceId: string): ReleaseEvent[] {
    this.causes = this.causes.filter((cause) => cause.occurrenceId !== occurrenceId);
    return this.look();
  }

  /** The command under way is done, and the barrier is seen to be open. */
  opens(): ReleaseEvent[] {
    this.shown = { point: POINT, value: 'open', at: this.now };
    return this.#ends({ ok: true, seen: [this.shown] });
  }

  fails(why = 'no answer'): ReleaseEvent[] {
    return this.#ends({ ok: false, why });
  }

  /** It is read to be closed. */
  closes(): ReleaseEvent[] {
    this.shown = { point: POINT, value: 'closed', at: this.now };
    return this.look();
  }

  /** Time passes, and it is looked at. */
  wait(ms: number): ReleaseEvent[] {
    this.now += ms;
    return this.look();
  }

  restart(): void {
    this.state = remembered(this.journal(), (at) => at).get(TARGET.id) ?? UNTOUCHED;
    this.command = null;
  }

  look(): ReleaseEvent[] {
    const { state, events, ask } = releaseStep(this.state, {
      ...{ now: this.now, causes: this.causes, end: this.#end, shown: this.shown, heard: this.heard },
      nextCommand: `c${this.asks.length + 1}`,
    });
    this.state = state;
    if (this.#end) this.command = null;
    this.#end = null;
    if (ask !== null) this.asks.push({ id: ask, at: this.now });
    this.command = ask ?? this.command;
    for (const event of events) this.#write(event);
    return [...events];
  }

  journal(): Told[] {
    return readJournal(this.#rows);
  }

  /** Occurrences that it is known to be open for. */
  answered(): string[] {
    return [...this.state.standings.values()].flatMap((of) => (of.isAnswered ? of.occurrenceId : [])).sort();
  }

  #ends(end: CommandEnd): ReleaseEvent[] {
    if (this.command === null) return this.look();
    this.#end = end;
    return this.look();
  }

  #write(event: ReleaseEvent): void {
    const row = releaseEvent(TARGET, event, this.now);
    this.#rows.push({ ...row, seq: this.#rows.length + 1, id: '', recordedAt: row.at, epoch: 1 });
  }
}
