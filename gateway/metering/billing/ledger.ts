/** The runs as the store has them: read, saved on top of what was seen, and each step written into the audit. */
import type { Clock } from '../../clock.ts';
import type { AuditEntry } from '../../store/tables/audit.ts';
import type { Store } from '../../store/store.ts';
import type { Signature } from '../rules/run.ts';
import { refuse, type RefusalCode } from '../rules/run-refusals.ts';
import { LONG_PARTS, type StoredRun } from './record.ts';
import { refusedBy, refuseOwn, type Refused } from './refusals.ts';
import { Turns } from '../turns.ts';

/** `changed`: false where it had been done before. */
export type Done = { readonly ok: true; readonly row: StoredRun; readonly changed: boolean };
export type Outcome = Done | Refused;

/** What somebody does with a run. */
export interface Act {
  readonly verb: string;
  readonly id: string;
  /** Who asks. Nothing proves it until there is a log-in; the audit keeps it. */
  readonly by: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

export class Ledger {
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #turns = new Turns();
  readonly #closings = new Turns();

  constructor(store: Store, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Newest period first, without their findings. */
  runs(): StoredRun[] {
    return this.#store.billing.runsWithout(LONG_PARTS) as StoredRun[];
  }

  run(id: string): StoredRun | undefined {
    return this.#store.billing.run(id) as StoredRun | undefined;
  }

  /** Does `work` with a run, which need not be there yet, while nobody else does anything with it. */
  inTurn(id: string, work: (stored: StoredRun | undefined) => Promise<Outcome>): Promise<Outcome> {
    return this.#turns.take(id, () => work(this.run(id)));
  }

  /** Does `work` while no other run is closed. */
  inTurnToClose(work: () => Promise<Outcome>): Promise<Outcome> {
    return this.#closings.take('closing', work);
  }

  /** As `inTurn`, with a run that is there. */
  withRun(id: string, work: (stored: StoredRun) => Promise<Outcome>): Promise<Outcome> {
    return this.inTurn(id, async (stored) => (stored ? work(stored) : refuseOwn('unknownRun', [id])));
  }

  /** `act` null: nothing of it is worth a row of the audit yet. */
  async save(row: StoredRun, before: StoredRun | null, act: Act | null): Promise<Outcome> {
    const entry = act && this.#entry(act, 'done');
    const saved = await this.#store.write('saveRun', row, before?.run ?? null, entry);
    return saved ? { ok: true, row, changed: true } : refusedBy(refuse('stale').refusal);
  }

  /** Who was refused, and why, is in the audit as well. */
  async refused(act: Act, refused: Refused): Promise<Refused> {
    await this.#store.write('audit', this.#entry(act, refused.refusal.code));
    return refused;
  }

  refusedBecause(act: Act, code: RefusalCode): Promise<Refused> {
    return this.refused(act, refusedBy(refuse(code).refusal));
  }

  signature(by: string): Signature {
    return { by, at: this.#clock.now() };
  }

  #entry({ verb, id, by, detail }: Act, outcome: string): AuditEntry {
    return { at: this.#clock.now(), who: by, what: `billing.${verb}`, detail: { run: id, ...detail, outcome } };
  }
}
