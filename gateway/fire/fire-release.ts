/**
 * A fire alarm opens barriers and releases doors, each by an ordinary command, until it is normal again; nothing is closed by
 * that. What is decided goes by what is stored, so that a restart goes on where the one before was killed.
 */
import { randomUUID } from 'node:crypto';
import type { Value } from '../../drivers/contract.ts';
import type { FeedChange } from '../broker/feed-source.ts';
import type { Clock } from '../clock.ts';
import {
  MAX_EXPIRY_MS,
  type Acceptance,
  type Commandable,
  type CommandRequest,
  type Hold,
} from '../commands/accept.ts';
import type { FireReleaseSettings } from '../config/fire-release-schema.ts';
import type { SiteConfig } from '../config/site-config.ts';
import type { Seen } from '../ingest/device-task.ts';
import { mayPass } from '../store/errors.ts';
import type { AlarmRow, NewEvent } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { closedBy } from './hold.ts';
import { releaseReading, targetAsDevice } from './release-alarms.ts';
import { DOMAIN, LOOKED_AT, readJournal, releaseEnded, releaseEvent, remembered, valuesIn } from './release-journal.ts';
import { endedCauses, releaseStep, unansweredSince, UNTOUCHED, type Cause, type TargetState } from './release-step.ts';
import { asksForRelease, isOpenedBy, releaseTargets, type ReleaseTarget } from './target.ts';
import { knownOf } from './target-facts.ts';

export interface FireReleaseOptions {
  readonly store: Pick<Store, 'alarms' | 'commands' | 'devices' | 'events' | 'points'>;
  readonly clock: Clock;
  readonly config: () => Pick<SiteConfig, 'fireRelease'>;
  readonly observe: (seen: Seen) => void;
  readonly submit: (request: CommandRequest) => Promise<Acceptance>;
  readonly commandable: Commandable;
  /** Calls `listener` after each commit. Returns what ends that. */
  readonly onChange: (listener: (change: FeedChange) => void) => () => void;
}

/** While a fire alarm stands: how often targets are looked at. */
const LOOK_MS = 500;

export class FireRelease {
  readonly #options: FireReleaseOptions;
  #settings: FireReleaseSettings | undefined;
  #targets: readonly ReleaseTarget[] = [];
  /** By key: the alarms that ask for release. */
  #asking = new Map<string, AlarmRow>();
  /** By target. */
  #states: Map<string, TargetState>;
  /** By target: what is written to open it, as its state has it. */
  readonly #values: Map<string, Value>;
  /** By command: why it was not accepted. */
  readonly #refused = new Map<string, string>();
  /** By target: what its alarm was last told. */
  #told = new Map<string, boolean>();
  readonly #unsubscribe: () => void;
  #timer: NodeJS.Timeout | undefined;
  #soon: NodeJS.Immediate | undefined;
  #isStopped = false;

  /** Reads what the journal knows. From here on it holds open what a fire alarm has opened. */
  constructor(options: FireReleaseOptions) {
    this.#options = options;
    const { store, clock } = options;
    const journal = readJournal(store.events.list({ domain: DOMAIN, limit: LOOKED_AT }));
    this.#states = remembered(journal, (at) => clock.monotonic() - Math.max(0, clock.now() - at));
    this.#values = valuesIn(journal);
    this.#unsubscribe = options.onChange((change) => this.#take(change));
  }

  /** Looks for the first time after `ms`: buses need a moment to open. An alarm that is raised before does not wait for that. */
  start(ms: number): void {
    this.#lookAfter(ms);
  }

  stop(): void {
    this.#isStopped = true;
    this.#unsubscribe();
    this.#callOff();
  }

  /** Whether a command would close what a fire alarm holds open. */
  readonly hold: Hold = ({ device, action, value }) => {
    this.#follow();
    const held = this.#targets.filter((target) => target.device === device && this.#causesOf(target).length > 0);
    const spec = this.#options.commandable(device)?.profile.commands.find((command) => command.action === action);
    const target = spec && closedBy(held, { action, value }, spec);
    const [cause] = target ? this.#causesOf(target) : [];
    return cause ? `${device} is held open by the alarm ${cause.alarm} until that is reset` : null;
  };

  /** Does what is due for each target. To be called too when the configuration has changed. */
  look(): void {
    this.#callOff();
    try {
      this.#follow();
      this.#endCauses();
      for (const target of this.#targets) this.#lookAt(target);
    } catch (error) {
      // The next look finds what this one has left.
      if (!mayPass(error)) throw error;
    }
    if (this.#asking.size > 0) this.#lookAfter(LOOK_MS);
  }

  /** Takes what the configuration says now. */
  #follow(): void {
    const { fireRelease } = this.#options.config();
    if (fireRelease === this.#settings) return;
    this.#settings = fireRelease;
    this.#targets = releaseTargets(fireRelease);
    for (const { id, value } of this.#targets) {
      // What has been told another value has not been told to open.
      if (this.#values.has(id) && this.#values.get(id) !== value) this.#states.delete(id);
      this.#values.set(id, value);
    }
    this.#told = new Map();
    this.#asking = new Map();
    for (const row of this.#options.store.alarms.list('nonNormal')) this.#note(row);
  }

  #take({ alarms = [], events = 0 }: FeedChange): void {
    this.#follow();
    const noted = alarms.filter((row) => this.#note(row));
    // The end of a command is an event.
    if (noted.length > 0 || (events > 0 && this.#asking.size > 0)) this.#lookSoon();
  }

  /** False where it is none of those that open anything. */
  #note(row: AlarmRow): boolean {
    if (!this.#settings?.alarms.includes(row.type)) return false;
    if (asksForRelease(row)) this.#asking.set(row.alarm, row);
    else this.#asking.delete(row.alarm);
    return true;
  }

  #causesOf(target: ReleaseTarget): Cause[] {
    return [...this.#asking.values()].flatMap((row) => {
      const { alarm, occurrenceId } = row;
      return occurrenceId !== null && isOpenedBy(target, row) ? { alarm, occurrenceId } : [];
    });
  }

  #endCauses(): void {
    const { store, clock } = this.#options;
    const asking = new Set([...this.#asking.values()].map(({ occurrenceId }) => occurrenceId ?? ''));
    const ended = endedCauses(this.#states, asking);
    const known = new Set(this.#targets.map(({ id }) => id));
    this.#states = new Map([...this.#states].filter(([id]) => known.has(id)));
    for (const { cause, unanswered } of ended) {
      const source = store.alarms.get(cause.alarm)?.source ?? cause.alarm;
      this.#tell(source, [releaseEnded(source, cause, unanswered, clock.now())]);
    }
  }

  #lookAt(target: ReleaseTarget): void {
    const { store, clock } = this.#options;
    const before = this.#states.get(target.id) ?? UNTOUCHED;
    const refused = before.command === null ? undefined : this.#refused.get(before.command);
    const { state, events, ask } = releaseStep(before, {
      ...knownOf(store, target, before, refused),
      ...{ now: clock.monotonic(), causes: this.#causesOf(target), nextCommand: randomUUID() },
    });
    this.#states.set(target.id, state);
    if (before.command !== null && state.command !== before.command) this.#refused.delete(before.command);
    const at = clock.now();
    const told = events.map((event) => releaseEvent(target, event, at));
    this.#tell(targetAsDevice(target), told, this.#readingOf(target, state));
    if (ask !== null) this.#give(target, ask);
  }

  /** What its alarm goes by; nothing where that is as before. */
  #readingOf(target: ReleaseTarget, state: TargetState): Seen['seen'] {
    const { clock } = this.#options;
    const since = unansweredSince(state);
    const patience = (this.#settings?.confirmWithinS ?? 0) * 1_000;
    const isUnanswered = since !== null && clock.monotonic() - since >= patience;
    if (this.#told.get(target.id) === isUnanswered) return [];
    this.#told.set(target.id, isUnanswered);
    return [releaseReading(isUnanswered, clock.now())];
  }

  #tell(device: string, events: readonly NewEvent[], seen: Seen['seen'] = []): void {
    if (events.length + seen.length > 0)
      this.#options.observe({ device, seen, pulses: [], observation: { device, events } });
  }

  #give({ device, action, value }: ReleaseTarget, id: string): void {
    const { submit } = this.#options;
    const request = { id, device, action, by: 'gateway', via: 'fire', expiresInMs: MAX_EXPIRY_MS } as const;
    void submit(value === null ? request : { ...request, value }).then((taken) => {
      if (taken.ok) return;
      this.#refused.set(id, taken.message);
      this.#lookSoon();
    });
  }

  /** Once for all that comes until then. */
  #lookSoon(): void {
    if (!this.#isStopped) this.#soon ??= setImmediate(() => this.look());
  }

  #callOff(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#soon);
    this.#soon = undefined;
  }

  #lookAfter(ms: number): void {
    clearTimeout(this.#timer);
    if (!this.#isStopped) this.#timer = setTimeout(() => this.look(), ms);
  }
}
