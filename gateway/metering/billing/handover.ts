/**
 * What becomes of a closed run without anybody asking: its files are rendered, and put into the drop folder where there is one.
 * What could not be done is tried again, after a restart too, until the run is acknowledged.
 */
import type { Logger } from 'pino';
import type { SiteConfig } from '../../config/site-config.ts';
import { mayPass } from '../../store/errors.ts';
import type { Store } from '../../store/store.ts';
import type { Billing } from './billing.ts';
import { EXPORT_KINDS, fileNameOf } from './export/ask.ts';
import { dropInto, type Dropped } from './export/drop.ts';
import type { StoredRun } from './record.ts';

export interface HandoverOptions {
  readonly billing: Billing;
  readonly store: Store;
  readonly config: () => SiteConfig;
  readonly log: Logger;
  readonly retryMs?: number;
}

const RETRY_MS = 60_000;
/** In the audit. */
const BY = 'gateway';

export class Handover {
  readonly #options: HandoverOptions;
  #running: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Why each run that waits could not be handed over: the same is not logged every minute. */
  readonly #troubles = new Map<string, string>();

  constructor(options: HandoverOptions) {
    this.#options = options;
  }

  /** Why this run could not be handed over when that was last tried; null where nothing is wrong. */
  trouble(run: string): string | null {
    return this.#troubles.get(run) ?? null;
  }

  /** Something may have to be handed over. */
  wake(): void {
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#running = this.#running.then(() => this.#all());
  }

  /** Resolves when nothing is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  async #all(): Promise<void> {
    const waiting = this.#waiting().map(({ id }) => id);
    // Acknowledged meanwhile, or there is no drop folder any more.
    for (const id of this.#troubles.keys()) if (!waiting.includes(id)) this.#troubles.delete(id);
    let failed = 0;
    for (const id of waiting) {
      if (this.#stopped) return;
      if (!(await this.#one(id))) failed += 1;
    }
    if (failed === 0 || this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.wake(), this.#options.retryMs ?? RETRY_MS).unref();
  }

  #waiting(): StoredRun[] {
    const folder = this.#options.config().metering.dropFolder;
    return this.#options.billing.runs().filter(({ closed, run: { run, dropped } }) => {
      if (!closed || run.state === 'acknowledged') return false;
      return run.manifest === null || (folder !== undefined && dropped === null);
    });
  }

  /** False: it has to be tried again. */
  async #one(id: string): Promise<boolean> {
    try {
      const trouble = await this.#handOver(id);
      if (trouble !== null) this.#say(id, trouble);
      else this.#troubles.delete(id);
      return trouble === null;
    } catch (error) {
      if (!mayPass(error) && !isOfTheSystem(error)) throw error;
      this.#say(id, (error as Error).message);
      return false;
    }
  }

  /** Null: done. */
  async #handOver(id: string): Promise<string | null> {
    const { billing, store, config, log } = this.#options;
    const exported = await billing.export({ id, by: BY });
    if (!exported.ok) return exported.refusal.en;
    const folder = config().metering.dropFolder;
    if (folder === undefined || exported.row.run.dropped !== null) return null;
    const files = EXPORT_KINDS.flatMap((kind): Dropped[] => {
      const kept = store.billing.exported(id, fileNameOf({ id }, kind));
      return kept ? [{ file: kept.file, bytes: kept.bytes }] : [];
    });
    await dropInto(folder, files);
    const noted = await billing.dropped(id, folder);
    if (!noted.ok) return noted.refusal.en;
    log.info({ run: id, folder }, 'a billing run was handed over');
    return null;
  }

  #say(id: string, trouble: string): void {
    if (this.#troubles.get(id) === trouble) return;
    this.#troubles.set(id, trouble);
    this.#options.log.error(
      { run: id, trouble },
      'a closed billing run could not be handed over: tried again every minute',
    );
  }
}

function isOfTheSystem(error: unknown): boolean {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
