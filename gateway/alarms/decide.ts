/** A person's decision about an alarm, from what they saw to the disk: the API and MQTT decide through here alike. */
import type { PersonRefusal } from '../people.ts';
import type { AlarmRow } from '../store/rows.ts';
import type { AlarmDecision } from './decision.ts';
import type { AlarmEngine, DecisionResult } from './engine.ts';

export type DecisionAnswer =
  /** `stored`: false while the store cannot be written: accepted, and lost if power fails now. */
  | { readonly ok: true; readonly row: AlarmRow; readonly stored: boolean }
  | Extract<DecisionResult, { ok: false }>
  | PersonRefusal;

export type Decide = (decision: AlarmDecision) => Promise<DecisionAnswer>;

export interface DecideSetup {
  readonly engine: Pick<AlarmEngine, 'decide' | 'row' | 'isStored'>;
  /** Resolves with true once everything that was recorded before is on the disk, with false when it cannot be now. */
  readonly flush: () => Promise<boolean>;
  /** Why the person may not; null where they may. Whatever decides without it is no person. */
  readonly refusal?: (decision: AlarmDecision) => PersonRefusal | null;
  /** Called after each decision, whatever came of it. */
  readonly decided: (decision: AlarmDecision, outcome: string) => void;
}

export function createDecide({ engine, flush, refusal, decided }: DecideSetup): Decide {
  return async (decision) => {
    const { alarm } = decision;
    // What is on its way to the disk is what the person may have seen: it has no revision before it is there.
    if (!engine.isStored(alarm)) await flush();
    const result = refusal?.(decision) ?? engine.decide(decision);
    decided(decision, result.ok ? 'done' : result.code);
    if (!result.ok) return result;
    const stored = await flush();
    const row = engine.row(alarm);
    if (!row) throw new Error(`the alarm ${alarm} has gone`);
    return { ok: true, row, stored };
  };
}
