/** What the rules resolve to and the engine works with: plain data. */
import type { Value } from '../../drivers/contract.ts';
import type { AlarmRow } from '../store/rows.ts';
import type { AlarmSettings } from './rule-file.ts';

/** What makes one point's value the alarm's condition. Limits and hysteresis are in the point's unit. */
export type PointTest = { readonly point: string } & (
  | { readonly kind: 'in'; readonly values: readonly Value[] }
  | { readonly kind: 'above' | 'below'; readonly limit: number; readonly hysteresis: number }
  /** In one of the bands, or in none; the ends belong to a band. */
  | { readonly kind: 'within' | 'outside'; readonly bands: readonly (readonly [from: number, to: number])[] }
);

/** The counter or latch beside a contact's level. */
export interface PulseInput {
  /** The channel's counters and latches: a module counts or latches, and a move of either is a pulse. */
  readonly points: readonly string[];
  /** Those that show every edge of the level sooner or later: the counters; the latches where there is no counter. */
  readonly counting: readonly string[];
  /** A counter counts rising edges: where a contact begins to report, or where an inverted one has finished. */
  readonly countsAt: 'onset' | 'end';
}

export type Trigger =
  /** Any one of the tests is enough. */
  | { readonly kind: 'points'; readonly tests: readonly PointTest[]; readonly pulse: PulseInput | null }
  | { readonly kind: 'deviceState'; readonly state: 'offline' };

/** An alarm that hides another while it is active, and for so long after it has gone. */
export interface Explanation {
  /** Its key. */
  readonly cause: string;
  readonly holdMs: number;
}

/** What a lift's presses are judged by before they are announced: press-filter.ts. Its contacts are on the button's own module. */
export interface LiftFilter {
  /** Met while the car stands at a floor with its doors open. */
  readonly doorOpen: PointTest;
  /** Met while the car moves; null where no contact says so. */
  readonly running: PointTest | null;
  /** A button that is held for so long is announced whatever the car does. */
  readonly holdMs: number;
  /** From a press while the car moves until its doors must be open. */
  readonly travelMs: number;
  /** From when it stops after that until its doors must be open. */
  readonly openMs: number;
}

/** One alarm that can occur on this site. */
export interface AlarmDefinition extends Pick<AlarmRow, 'alarm' | 'source' | 'device' | 'type' | 'channel'> {
  readonly settings: AlarmSettings;
  readonly trigger: Trigger;
  readonly explainedBy?: readonly Explanation[];
  readonly filter?: LiftFilter;
}

/**
 * An alarm's key, which is also its topic segment: `{source}--{type with - for .}`, then `--{channel}` where its rule
 * names one. It depends on nothing else, so that adding an alarm never renames another.
 */
export function alarmKey(source: string, type: string, channel: string | null): string {
  const key = `${source}--${type.replaceAll('.', '-')}`;
  return channel === null ? key : `${key}--${channel}`;
}

/** What tells alarms of one type and one source apart: the end of the key. Null where there is only one. */
export function channelOf(alarm: string, source: string): string | null {
  const [, ...channel] = alarm.slice(`${source}--`.length).split('--');
  return channel.length === 0 ? null : channel.join('--');
}
