/** Billing runs of the running gateway: drafted, checked, closed, discarded, corrected, exported, acknowledged; each step in the audit. */
import type { Clock } from '../../clock.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { Store } from '../../store/store.ts';
import type { Utility } from '../model.ts';
import type { BillLine } from '../rules/line.ts';
import { openRevision, type CorrectionAsked } from '../rules/revision.ts';
import { isClosed, openRun, step, type Run, type Step } from '../rules/run.ts';
import { instantOf } from '../rules/zone.ts';
import { cutOf } from '../settings.ts';
import { askedOf } from './draft/asked-of.ts';
import { exportFiles } from './export/export-files.ts';
import { Ledger, type Act, type Outcome } from './ledger.ts';
import { namedPeriod } from './named-period.ts';
import { rowOf, type RunRecord, type StoredRun } from './record.ts';
import { refusedBy, refuseOwn } from './refusals.ts';
import { draftInThread } from './thread/start.ts';

export interface BillingOptions {
  readonly store: Store;
  readonly clock: Clock;
  /** The configuration that runs now. */
  readonly config: () => SiteConfig;
  /** Called when a run is closed: its files are to be handed over. */
  readonly onClosed: (id: string) => void;
}

/** Who asks for it, and of which run. */
interface Asking {
  readonly id: string;
  readonly by: string;
}

interface AcceptAsked extends Asking {
  readonly keys: readonly string[];
  readonly note: string;
  /** The draft that the clerk has looked at, where he says so. */
  readonly draft?: number | undefined;
}

export class Billing {
  readonly #options: BillingOptions;
  readonly #ledger: Ledger;
  /** Runs that are being drafted: whoever asks for it meanwhile gets no second one. */
  readonly #drafting = new Set<string>();

  constructor(options: BillingOptions) {
    this.#options = options;
    this.#ledger = new Ledger(options.store, options.clock);
  }

  /** Newest period first, without their findings. */
  runs(): StoredRun[] {
    return this.#ledger.runs();
  }

  run(id: string): StoredRun | undefined {
    return this.#ledger.run(id);
  }

  /** The run of a utility and period, drafted for the first time or again. Resolves when its lines are on the disk. */
  async draftPeriod(utility: Utility, name: string, by: string): Promise<Outcome> {
    const { config, clock } = this.#options;
    const period = namedPeriod(name, cutOf(config()));
    if (period === null) return refuseOwn('unknownPeriod', [name]);
    const fresh = openRun(utility, period);
    const act = { verb: 'draft', id: fresh.id, by };
    if (clock.now() < period.to) return this.#ledger.refusedBecause(act, 'notOver');
    return this.#draftOnce(fresh.id, () =>
      this.#ledger.inTurn(fresh.id, (stored) => this.#draft(asCutNow(stored?.run.run, fresh), stored, act)),
    );
  }

  /** A run that is there, drafted again; a revision for the first time. */
  draft({ id, by }: Asking): Promise<Outcome> {
    const act = { verb: 'draft', id, by };
    return this.#draftOnce(id, () => this.#ledger.withRun(id, (stored) => this.#draft(stored.run.run, stored, act)));
  }

  /** Shows what is to be looked at in the draft; what was accepted of it stays accepted. */
  check({ id, by }: Asking): Promise<Outcome> {
    const act = { verb: 'check', id, by };
    return this.#ledger.withRun(id, (stored) => {
      const { run, drafted } = stored.run;
      const findings = run.state === 'checked' ? run.findings : (drafted?.found ?? []);
      // They are kept once: there may be thousands.
      const record = { ...stored.run, drafted: drafted && { ...drafted, found: [] } };
      return this.#stepTo(stored, { type: 'check', findings }, act, record);
    });
  }

  accept({ id, by, keys, note, draft }: AcceptAsked) {
    const asked = () => ({ type: 'accept', keys, note, draft, ...this.#ledger.signature(by) }) as const;
    return this.#step({ verb: 'accept', id, by, detail: { keys, note } }, asked);
  }

  /** `draft`: the one that whoever closes it has looked at. */
  async close({ id, by, draft }: Asking & { readonly draft: number }): Promise<Outcome> {
    const act = { verb: 'close', id, by, detail: { draft } };
    // One at a time: each goes by which of the others are closed.
    const outcome = await this.#ledger.inTurnToClose(() =>
      this.#step(act, () => {
        const others = this.runs().map(({ run }) => run.run);
        return { type: 'close', draft, others, ...this.#ledger.signature(by) };
      }),
    );
    if (outcome.ok && outcome.changed) this.#options.onClosed(id);
    return outcome;
  }

  /** Takes the draft of an open run away. */
  discard({ id, by, note }: Asking & { readonly note: string }): Promise<Outcome> {
    const act = { verb: 'discard', id, by, detail: { note } };
    return this.#ledger.withRun(id, async (stored) => {
      const stepped = step(stored.run.run, { type: 'discard', note });
      if (!stepped.ok) return this.#ledger.refused(act, refusedBy(stepped.refusal));
      return stepped.changed ? this.#saveWithoutLines(stepped.run, stored, act) : unchanged(stored);
    });
  }

  /** Opens a revision of a closed run for some of its lines. It is drafted, checked and closed as any run. */
  revise({ id, by, corrections }: Asking & { readonly corrections: readonly CorrectionAsked[] }): Promise<Outcome> {
    return this.#ledger.withRun(id, (stored) => {
      const { billing } = this.#options.store;
      const lines = corrections.flatMap(({ chain }) => billing.lineOf(id, chain)?.line ?? []) as BillLine[];
      const same = this.runs().filter(({ utility, from }) => utility === stored.utility && from === stored.from);
      const others = same.map((row) => row.run.run);
      const opened = openRevision({ run: stored.run.run, lines }, corrections, others);
      const act = { verb: 'revise', id, by, detail: { corrections } };
      if (!opened.ok) return this.#ledger.refused(act, refusedBy(opened.refusal));
      const revision = rowOf({ run: opened.run, drafted: null, dropped: null }, null);
      return this.#ledger.save(revision, null, { ...act, id: revision.id, detail: { of: id, corrections } });
    });
  }

  /** Renders what is not rendered yet, and keeps it for ever. */
  export({ id, by }: Asking): Promise<Outcome> {
    const act = { verb: 'export', id, by };
    return this.#ledger.withRun(id, async (stored) => {
      const { run } = stored.run;
      if (!stored.closed) return this.#ledger.refusedBecause(act, 'notClosed');
      const manifest = run.manifest ?? (await exportFiles(this.#options, stored));
      return this.#stepTo(stored, { type: 'export', manifest }, { ...act, detail: { manifest } });
    });
  }

  /** The billing system has taken it over: it names the manifest by its SHA-256. */
  acknowledge({ id, by, manifest }: Asking & { readonly manifest: string }): Promise<Outcome> {
    const asked = () => ({ type: 'acknowledge', manifest, ...this.#ledger.signature(by) }) as const;
    return this.#step({ verb: 'acknowledge', id, by, detail: { manifest } }, asked);
  }

  /** Its files are in the drop folder. */
  dropped(id: string, folder: string): Promise<Outcome> {
    const { at } = this.#ledger.signature('gateway');
    const act = { verb: 'drop', id, by: 'gateway', detail: { folder } };
    return this.#ledger.withRun(id, (stored) =>
      this.#ledger.save(rowOf({ ...stored.run, dropped: at }, stored.registry), stored, act),
    );
  }

  async #draftOnce(id: string, work: () => Promise<Outcome>): Promise<Outcome> {
    if (this.#drafting.has(id)) return refuseOwn('drafting', [id]);
    this.#drafting.add(id);
    try {
      return await work();
    } finally {
      this.#drafting.delete(id);
    }
  }

  async #draft(before: Run, stored: StoredRun | undefined, act: Act): Promise<Outcome> {
    const others = this.runs().filter(({ id, utility }) => utility === before.utility && id !== before.id);
    const stepped = step(before, { type: 'draft', closedRuns: others.filter(({ closed }) => closed).length });
    if (!stepped.ok) return this.#ledger.refused(act, refusedBy(stepped.refusal));
    const { run } = stepped;
    const { store, clock, config } = this.#options;
    const asked = askedOf(config(), run, others);
    const { timezone } = config().site;
    // Of a month before them all no run is opened, which nobody could take away again.
    if (!asked.meters.some(({ installedAt }) => instantOf(installedAt, timezone) < run.to))
      return this.#ledger.refused(act, refuseOwn('nothingToBill'));
    const { version, files } = config().registry;
    await store.write('keepRegistry', version, files, clock.now());
    // From here until its last line is there it has no draft, whatever happens.
    const began = await this.#saveWithoutLines(run, stored ?? null, null);
    if (!began.ok) return began;
    const begun = began.row;
    const end = await draftInThread(store.file, asked, (lines) => store.write('appendLines', run.id, lines));
    const { figures, found, withoutLine } = end;
    if (figures.lines === 0 || withoutLine.length > 0) {
      await this.#clearLines(run);
      const refusal = run.revision === 0 ? refuseOwn('nothingToBill') : refuseOwn('noSuccessor', withoutLine);
      return this.#ledger.refused(act, refusal);
    }
    const record: RunRecord = { ...begun.run, drafted: { ...this.#ledger.signature(act.by), figures, found } };
    return this.#ledger.save(rowOf(record, version), begun, {
      ...act,
      detail: { draft: run.draft, registry: version, figures },
    });
  }

  /** First it has no draft, then no lines: what is broken off between the two is not taken for a whole one. */
  async #saveWithoutLines(run: Run, before: StoredRun | null, act: Act | null): Promise<Outcome> {
    const saved = await this.#ledger.save(rowOf({ run, drafted: null, dropped: null }, null), before, act);
    if (saved.ok) await this.#clearLines(run);
    return saved;
  }

  /** In bites: alarms are committed between two of them. */
  async #clearLines({ id }: Run): Promise<void> {
    while (await this.#options.store.write('clearLines', id));
  }

  #step(act: Act, ask: (record: RunRecord) => Step): Promise<Outcome> {
    return this.#ledger.withRun(act.id, (stored) => this.#stepTo(stored, ask(stored.run), act));
  }

  async #stepTo(stored: StoredRun, asked: Step, act: Act, record = stored.run): Promise<Outcome> {
    // What was broken off in the middle looks as if it were drafted; it is not.
    if (stored.run.drafted === null) return this.#ledger.refusedBecause(act, 'notDrafted');
    const stepped = step(stored.run.run, asked);
    if (!stepped.ok) return this.#ledger.refused(act, refusedBy(stepped.refusal));
    if (!stepped.changed) return unchanged(stored);
    return this.#ledger.save(rowOf({ ...record, run: stepped.run }, stored.registry), stored, act);
  }
}

/** A run that is open goes by the cut that the site has now; its drafts go on being counted. */
function asCutNow(stored: Run | undefined, fresh: Run): Run {
  if (stored === undefined) return fresh;
  const isSame = stored.from === fresh.from && stored.to === fresh.to;
  return isSame || isClosed(stored) ? stored : { ...fresh, draft: stored.draft };
}

function unchanged(row: StoredRun): Outcome {
  return { ok: true, row, changed: false };
}
