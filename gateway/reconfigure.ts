/** Makes the running gateway what a changed configuration says, or leaves it as it is and says why. */
import type { Logger } from 'pino';
import { diff, isEmpty, needRestart, untilRestart } from './config/diff.ts';
import type { Loaded } from './config/load.ts';
import type { Mistake } from './config/mistakes/mistake.ts';
import type { SiteConfig } from './config/site-config.ts';
import type { Core } from './core.ts';
import type { Field } from './field.ts';
import type { HomeSecurity } from './home-security/home-security.ts';
import type { Metering } from './metering/metering.ts';
import { forgetStale } from './forget.ts';

export interface ReconfigurationOptions {
  /** What the process was started with. */
  readonly started: SiteConfig;
  readonly core: Core;
  readonly field: Field;
  readonly metering: Metering;
  readonly homes: Pick<HomeSecurity, 'configure'>;
  /** Resolves when no command is under way: a relay that is closed must be opened before its line goes. */
  readonly commandsIdle: () => Promise<void>;
  readonly log: Logger;
}

/** How what runs stands to what the files say. */
export interface ConfigurationState {
  /** What the files say is not in force, for these mistakes. */
  readonly mistakes: readonly Mistake[];
  /** Settings that are in force only after a restart of the process, in words. */
  readonly waitsForRestart: readonly string[];
  /** How many changed configurations have been applied and refused since the start. */
  readonly changes: { readonly applied: number; readonly refused: number };
}

export class Reconfiguration {
  readonly #options: ReconfigurationOptions;
  #config: SiteConfig;
  /** What the files said last, as far as it had no mistakes. */
  #written: SiteConfig;
  #state: Omit<ConfigurationState, 'changes'> = { mistakes: [], waitsForRestart: [] };
  readonly #changes = { applied: 0, refused: 0 };

  constructor(options: ReconfigurationOptions) {
    this.#options = options;
    this.#config = this.#written = options.started;
  }

  /** What runs now. */
  get config(): SiteConfig {
    return this.#config;
  }

  get state(): ConfigurationState {
    return { ...this.#state, changes: this.#changes };
  }

  /** Resolves when it is in force, or refused. */
  async apply(next: Loaded): Promise<void> {
    const { started, log } = this.#options;
    if (!next.ok) {
      const mistakes = next.mistakes.filter(({ severity }) => severity === 'error');
      this.#state = { ...this.#state, mistakes };
      this.#changes.refused += 1;
      log.error({ mistakes }, 'the new configuration has mistakes: the old one stays in force');
      return;
    }
    const waitsForRestart = needRestart(started, next.config);
    if (this.#state.mistakes.length > 0) log.info({ allClear: true }, 'the configuration has no mistakes any more');
    this.#state = { mistakes: [], waitsForRestart };
    const change = diff(this.#written, next.config);
    if (isEmpty(change)) return;
    this.#written = next.config;
    await this.#makeSo(untilRestart(started, next.config), change);
    this.#changes.applied += 1;
    log.info({ change }, 'configuration applied');
    if (waitsForRestart.length > 0) log.warn(`waits for a restart: ${waitsForRestart.join(', ')}`);
    else if (change.restart.length > 0)
      log.info({ allClear: true }, `waits for a restart no more: ${change.restart.join(', ')}`);
  }

  async #makeSo(next: SiteConfig, change: ReturnType<typeof diff>): Promise<void> {
    const { core, field, metering, homes, commandsIdle } = this.#options;
    const { buses, devices } = change;
    if (buses.removed.length + buses.changed.length + devices.removed.length > 0) await commandsIdle();
    this.#config = next;
    await field.apply(next, change);
    await metering.configure(next);
    core.configure(next);
    homes.configure(next);
    field.tellStates();
    await forgetStale(core, next);
    core.audit({ who: 'configuration', what: 'apply', detail: { ...change } });
  }
}
