/**
 * Suppression by design (ISA-18.2, 11.4): which alarm explains which. While a feeder is without power, that what hangs on it
 * is silent is no news. An explanation outlasts its alarm by a while, for whoever was silent has to be asked again first.
 */
import type { AlarmChange, AlarmRow } from '../store/rows.ts';
import { DueQueue } from '../due-queue.ts';
import type { AlarmDefinition, Explanation } from './types.ts';

/** What is to be done to one alarm. */
export interface Verdict {
  readonly alarm: string;
  readonly type: 'suppress' | 'unsuppress';
  readonly cause: string;
}

interface Cause {
  readonly explains: readonly string[];
  readonly holdMs: number;
}

type Known = ReadonlyMap<string, { readonly row: AlarmRow; readonly definition: AlarmDefinition | null }>;

export class Explanations {
  /** By the key of the alarm that explains. */
  #causes: ReadonlyMap<string, Cause> = new Map();
  /** Causes that have gone, and monotonic milliseconds until which they explain. */
  readonly #held = new DueQueue<string>();

  /** Takes what explains what now, and says what that changes. `now`: monotonic milliseconds. */
  configure(alarms: Known, now: number): Verdict[] {
    this.#causes = byCause([...alarms.values()].flatMap(({ definition }) => definition ?? []));
    for (const cause of [...this.#held.items()]) if (!this.#causes.has(cause)) this.#held.delete(cause);
    return [...alarms.values()].flatMap(({ row, definition }) =>
      this.#judge(row, definition?.explainedBy ?? [], alarms, now),
    );
  }

  /** What changes of alarms mean for those that they explain. */
  after(changes: readonly AlarmChange[], now: number): Verdict[] {
    return changes.flatMap(({ type, after: { alarm, drill } }) => {
      const cause = this.#causes.get(alarm);
      // Where nothing is the matter, nothing is explained by it.
      if (!cause || drill) return [];
      if (type === 'clear') this.#held.set(alarm, now + cause.holdMs);
      if (type !== 'raise') return [];
      this.#held.delete(alarm);
      return verdicts('suppress', alarm, cause);
    });
  }

  /** What is no longer explained. */
  elapse(now: number): Verdict[] {
    const over: Verdict[] = [];
    for (let alarm = this.#held.take(now); alarm !== undefined; alarm = this.#held.take(now)) {
      const cause = this.#causes.get(alarm);
      if (cause) over.push(...verdicts('unsuppress', alarm, cause));
    }
    return over;
  }

  /** Monotonic milliseconds; null while nothing is waited for. */
  nextDue(): number | null {
    return this.#held.nextDue();
  }

  #judge(row: AlarmRow, explainedBy: readonly Explanation[], alarms: Known, now: number): Verdict[] {
    const { alarm, suppressedBy } = row;
    const named = new Set(explainedBy.map(({ cause }) => cause));
    const unnamed = suppressedBy.filter((cause) => !named.has(cause));
    const active = explainedBy.filter(({ cause }) => isActive(alarms.get(cause)?.row));
    for (const explanation of explainedBy) {
      const { cause, holdMs } = explanation;
      // It went while nobody was looking: as if it had gone now.
      const isGone = suppressedBy.includes(cause) && !active.includes(explanation);
      if (isGone && !this.#held.has(cause)) this.#held.set(cause, now + holdMs);
    }
    return [
      ...unnamed.map((cause) => ({ alarm, type: 'unsuppress' as const, cause })),
      ...active.map(({ cause }) => ({ alarm, type: 'suppress' as const, cause })),
    ];
  }
}

function isActive(row: AlarmRow | undefined): boolean {
  return row !== undefined && row.active && !row.drill;
}

function byCause(definitions: readonly AlarmDefinition[]): Map<string, Cause> {
  const causes = new Map<string, { explains: string[]; holdMs: number }>();
  for (const { alarm, explainedBy = [] } of definitions) {
    for (const { cause, holdMs } of explainedBy) {
      const known = causes.get(cause);
      if (known) known.explains.push(alarm);
      else causes.set(cause, { explains: [alarm], holdMs });
    }
  }
  return causes;
}

function verdicts(type: Verdict['type'], cause: string, { explains }: Cause): Verdict[] {
  return explains.map((alarm) => ({ alarm, type, cause }));
}
