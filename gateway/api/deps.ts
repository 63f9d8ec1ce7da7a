/** What the API needs of the gateway, and no more. `main.ts` composes it; tests compose it from a real store. Types only. */
import type { FastifyBaseLogger } from 'fastify';
import type { Decide } from '../alarms/decide.ts';
import type { Clock } from '../clock.ts';
import type { Acceptance, CommandRequest } from '../commands/accept.ts';
import type { Supply } from '../commands/supply.ts';
import type { BusBudget } from '../config/budget.ts';
import type { Mistake } from '../config/mistakes/mistake.ts';
import type { SiteConfig } from '../config/site-config.ts';
import type { HomeSecurity } from '../home-security/home-security.ts';
import type { LiftTests } from '../lifts/lift-tests.ts';
import type { Billing } from '../metering/billing/billing.ts';
import type { Desk } from '../metering/desk/desk.ts';
import type { ShiftLog } from '../shifts/shift-log.ts';
import type { BusStatistics } from '../statistics.ts';
import type { RecorderStatistics } from '../store/record.ts';
import type { Store } from '../store/store.ts';

export interface ApiDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly version: string;
  /** A new one at each start of the gateway. */
  readonly bootId: string;
  /** The configuration that runs now. */
  readonly config: () => SiteConfig;
  readonly buses: () => readonly BusStatistics[];
  /** Of the configuration that runs now; they are asked for at every scrape. */
  readonly budgets: () => readonly BusBudget[];
  /** Each decides, and leaves an audit row: who, what, through what. MQTT decides by the same functions. */
  readonly decide: Decide;
  /** Makes a row of it, or says why not; never waits for a wire. */
  readonly submitCommand: (request: CommandRequest) => Promise<Acceptance>;
  readonly supply: Supply;
  /** Notes that somebody has tried the alarm button of a lift. */
  readonly noteButtonTest: LiftTests['note'];
  /** Homes with zones: how they stand, arming and disarming; each has its row in the audit. */
  readonly homes: Pick<HomeSecurity, 'arm' | 'disarm' | 'show' | 'list'>;
  /** Who is on duty, and how they hand over. */
  readonly shifts: ShiftLog;
  /** Billing runs; each step has its row in the audit. */
  readonly billing: Billing;
  /** Why a closed run could not be handed over yet; null where nothing is wrong. */
  readonly handoverTrouble: (run: string) => string | null;
  /** What people decide about readings of meters, note themselves, or have read now. */
  readonly desk: Desk;
  /** Calls `listener` after each commit that added events, command results too. Returns what ends that. */
  readonly onEvents: (listener: () => void) => () => void;
  readonly health: () => Health;
  readonly broker: () => BrokerDescription;
  /** Silent without. */
  readonly log?: FastifyBaseLogger | undefined;
}

/** Live figures that no other part of `ApiDeps` has. */
export interface Health {
  readonly recorder: RecorderStatistics;
  /** Why the store cannot be written at the moment, in words; null when it can. */
  readonly storeTrouble: string | null;
  /** How what runs stands to what the configuration's files say. */
  readonly configuration: {
    readonly mistakes: readonly Pick<Mistake, 'file' | 'line' | 'message'>[];
    readonly waitsForRestart: readonly string[];
    /** Since the start: changed configurations, by what became of them. */
    readonly changes: { readonly applied: number; readonly refused: number };
  };
  readonly broker: {
    readonly online: boolean;
    /** Why it is not online, in words; null when it is. */
    readonly trouble: string | null;
    /** What was refused, by reason. */
    readonly refusals: Readonly<Record<string, number>>;
  };
  /** What others published to the gateway: by what it was, and what of it could not be taken, by reason. */
  readonly inbox: {
    readonly received: Readonly<Record<string, number>>;
    readonly refused: Readonly<Record<string, number>>;
  };
  /**
   * Since the start: commands that were refused at once, by code; that were given again by their id; that were accepted and
   * are over, by how they ended.
   */
  readonly commands: {
    readonly refused: Readonly<Record<string, number>>;
    readonly repeated: number;
    readonly finished: Readonly<Record<string, number>>;
  };
  /** The longest that the event loop was late in the last seconds, in milliseconds. */
  readonly loopLagMs: number;
  /** Polls that were left out because their bus was late. */
  readonly skippedPolls: number;
  /** The way to the monitoring station; null where the site has none. `up`: null while nobody knows. */
  readonly monitoringStation: {
    readonly up: boolean | null;
    readonly receivers: readonly {
      readonly name: string;
      readonly up: boolean | null;
      readonly reason: string | null;
    }[];
    readonly waiting: number;
    readonly refused: number;
  } | null;
  /** In a trial, whose time the gateway takes for the time, in words; null: the machine's own. */
  readonly simulatedTime: string | null;
}

/** Where to listen for what this API does not push. */
export interface BrokerDescription {
  readonly type: 'embedded' | 'external';
  /** mqtt://host:port, without a password. */
  readonly url: string;
  /** What all topics begin with, such as `community/east-garden`. */
  readonly prefix: string;
}
