/** What one simulated DL/T 645 meter is like. */
import type { LocalMs } from '../metering/local-time.ts';
import type { MeterLife } from '../metering/meter-life.ts';
import type { Instantaneous } from './instantaneous.ts';
import type { Recurring } from './moments.ts';

export interface Dlt645Options extends MeterLife {
  /** Default 2007. */
  readonly version?: '2007' | '1997';
  /** Default 1. */
  readonly phases?: 1 | 3;
  /** What a single-phase meter says of phases B and C. Default: it refuses them, and its blocks are shorter. */
  readonly absentPhases?: 'refused' | 'FF' | 'zero';
  /** It keeps nothing from before. Default: the beginning of time. */
  readonly installedAt?: LocalMs;
  /** It answers nothing from then on. */
  readonly deadFrom?: LocalMs;
  /** FE before a reply. Default 4. */
  readonly wakeUp?: number;
  /** Data in one frame; longer blocks come in several. Default 200 (2007: 5.2.5). */
  readonly maxData?: number;
  /** Level 02 and the password that goes with it, six digits. Default 000000. */
  readonly password?: string;
  /** `secured`: it takes relay commands only through its security chip, and refuses all others. Default `plain`. */
  readonly relay?: 'plain' | 'secured';
  /** It lets itself be set only once a day, by up to five minutes, and not around midnight. Default true. */
  readonly guardsClock?: boolean;
  /** As some meters of 1997 do: to AA AA AA AA AA AA it answers as AA AA AA AA AA AA. Default false. */
  readonly answersAsAsked?: boolean;
  /** Default: on day 1 at 00:00. */
  readonly settlement?: Recurring;
  /** Default: at 00:00. */
  readonly dailyFreeze?: Recurring;
  /** Default: what the register's load comes to. */
  readonly measured?: (local: LocalMs) => Instantaneous;
  /** How often what has happened, by data identifier. Default: never. */
  readonly events?: Readonly<Record<string, number>>;
  /** Somebody opens its cover then, once. Default: never. */
  readonly coverOpenedAt?: LocalMs;
  /** Data of an identifier, in hex and in the order of the wire, whatever it would be otherwise. Null: it does not have it. */
  readonly overrides?: Readonly<Record<string, string | null>>;
}
