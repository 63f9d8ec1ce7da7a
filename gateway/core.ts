/** The middle of the gateway: what comes in from the field goes through the alarms into the store, and is told from there. */
import type { Logger } from 'pino';
import { createDecide, type Decide, type DecideSetup } from './alarms/decide.ts';
import { createAlarmEngine, type AlarmEngine, type Observed } from './alarms/engine.ts';
import { FloodWatch } from './alarms/performance/flood-watch.ts';
import { createAlarmTimer } from './alarms/timer.ts';
import { storeSeen } from './alarms/store-alarm.ts';
import { unjudgedPresses } from './alarms/unjudged-presses.ts';
import type { Clock } from './clock.ts';
import type { SiteConfig } from './config/site-config.ts';
import { createFeed, type Feed } from './feed.ts';
import type { Seen } from './ingest/device-task.ts';
import { decisionRefusal } from './people.ts';
import { mayPass } from './store/errors.ts';
import { orExplain } from './store/open.ts';
import type { AlarmRow } from './store/rows.ts';
import { Recorder } from './store/record.ts';
import { openStore, type Store } from './store/store.ts';
import type { AuditEntry } from './store/tables/audit.ts';
import { watchFile } from './store/watch-file.ts';

/** What was seen of a device. A device's `state` is of its own, after what was read. */
export type FieldSighting = Observed & Pick<Seen, 'state'>;

export interface Core {
  readonly store: Store;
  readonly feed: Feed;
  readonly recorder: Recorder;
  /** Why what is recorded may not be there tomorrow, for a person; null when all is well. */
  readonly storeTrouble: () => string | null;
  /** What a poll saw: its readings and pulses, then the state that it has shown. Each is one transaction. */
  readonly observe: (seen: FieldSighting) => void;
  /** A person's decisions, each with its row in the audit. */
  readonly decide: Decide;
  /** What the gateway decides by itself. */
  readonly decideItself: Decide;
  /** Calls `listener` when the store can be written again after it could not. */
  readonly onRecovered: (listener: () => void) => void;
  /** Notes who did what. While the store cannot be written, the log has it. */
  readonly audit: (entry: { who: string; what: string; detail: Readonly<Record<string, unknown>> }) => void;
  readonly configure: (config: SiteConfig) => void;
  /** Resolves when what was recorded is on the disk, as far as that can be, and the store is closed. */
  readonly close: () => Promise<void>;
}

/** `file`: the store's. Rejects with StoreError when the store cannot be used. */
export async function openCore(config: SiteConfig, file: string, clock: Clock, log: Logger): Promise<Core> {
  const { site } = config;
  let current = config;
  const store = await openStore({ ...config.store, file, site: site.id, gateway: site.id, now: clock.now() });
  const feed = createFeed(store);
  const rows = await alarmRows(store, file);
  const { recorder, onTrouble } = startRecording(store, feed, clock, log);
  const { engine, timer, observe } = startAlarms({ store, recorder, clock }, config, rows);
  const { lookAtStore, watch, storeTrouble } = watchStore({ file, recorder, onTrouble, observe, clock, log });
  const record = recorder.record.bind(recorder);
  const floods = new FloodWatch({ store, record, clock, site: site.id, onAlarms: alarmsOf(feed) });

  const audit: Core['audit'] = (entry) => void writeAudit(store, { ...entry, at: clock.now() }, log);
  const deciding: DecideSetup = {
    engine,
    flush: () => recorder.flush(),
    decided: ({ verb, by, ...detail }, outcome) => {
      audit({ who: by, what: `alarm.${verb}`, detail: { ...detail, outcome } });
      timer.rearm();
    },
  };
  return {
    store,
    feed,
    recorder,
    observe,
    audit,
    onRecovered: (listener) => onTrouble((reason) => (reason === null ? listener() : undefined)),
    decide: createDecide({ ...deciding, refusal: (decision) => decisionRefusal(current, decision) }),
    decideItself: createDecide(deciding),
    configure: (next) => {
      current = next;
      engine.configure(next.alarms);
      lookAtStore();
    },
    storeTrouble,
    close: async () => {
      timer.stop();
      floods.stop();
      watch.stop();
      const lost = await recorder.close();
      if (lost > 0) log.error({ observations: lost }, 'the store could not be written: what waited for it is lost');
      await store.close();
    },
  };
}

/** Calls a listener after each commit that changed alarms. */
function alarmsOf(feed: Feed): (listener: () => void) => () => void {
  return (listener) =>
    feed.onChange(({ alarms = [] }) => {
      if (alarms.length > 0) listener();
    });
}

/** The first thing that is read of all of them; rejects with StoreError, and the store closed, where the file is damaged. */
async function alarmRows(store: Store, file: string): Promise<AlarmRow[]> {
  try {
    return orExplain(file, () => store.alarms.list('all'));
  } catch (error) {
    await store.close();
    throw error;
  }
}

function startAlarms(
  { store, recorder, clock }: { readonly store: Store; readonly recorder: Recorder; readonly clock: Clock },
  { alarms: definitions }: SiteConfig,
  rows: readonly AlarmRow[],
) {
  const unjudged = unjudgedPresses(store.events);
  const engine = createAlarmEngine({ clock, definitions, rows, unjudged, record: recorder.record.bind(recorder) });
  const timer = createAlarmTimer(engine, clock);
  const observe: Core['observe'] = (seen) => {
    takeIn(engine, seen);
    timer.rearm();
  };
  return { engine, timer, observe };
}

interface StoreWatched extends Recording, Pick<Core, 'observe'> {
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** The store's own alarm: from those who write it, and from its file. */
function watchStore({ file, recorder, onTrouble, observe, clock, log }: StoreWatched) {
  const watch = watchFile(file, (reason) => {
    if (reason !== null) log.error(reason);
    lookAtStore();
  });
  const storeTrouble = (): string | null => watch.trouble() ?? recorder.trouble;
  const lookAtStore = (): void => observe(storeSeen(storeTrouble() !== null, clock.now()));
  onTrouble(lookAtStore);
  lookAtStore();
  return { watch, storeTrouble, lookAtStore };
}

interface Recording {
  readonly recorder: Recorder;
  /** Calls `listener` when the store cannot be written any more, with why, and with null when it can again. */
  readonly onTrouble: (listener: (reason: string | null) => void) => void;
}

function startRecording(store: Store, feed: Feed, clock: Clock, log: Logger): Recording {
  const listeners = new Set<(reason: string | null) => void>();
  const onTrouble = (reason: string | null): void => {
    if (reason === null) log.info({ allClear: true }, 'the store can be written again');
    else log.error(reason);
    listeners.forEach((listener) => listener(reason));
  };
  const recorder = new Recorder({ store, clock, onCommitted: feed.publish, onTrouble });
  return { recorder, onTrouble: (listener) => listeners.add(listener) };
}

async function writeAudit({ write }: Store, entry: AuditEntry, log: Logger): Promise<void> {
  try {
    await write('audit', entry);
  } catch (error) {
    if (!mayPass(error)) throw error;
    log.error({ entry, error }, 'what was done could not be written to the audit');
  }
}

function takeIn(engine: AlarmEngine, { state, ...observed }: FieldSighting): void {
  const { device } = observed;
  engine.observe(observed);
  if (state !== undefined) engine.deviceState(device, state, { device });
}
