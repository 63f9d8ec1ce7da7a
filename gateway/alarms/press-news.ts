/** What the filter of a lift's button does, as rows of the journal: a press that nobody was told of is never silent. Pure. */
import type { NewEvent } from '../store/rows.ts';
import type { Alarming, Excuse, Press } from './press-filter.ts';
import type { AlarmDefinition } from './types.ts';

export const DOMAIN = 'lift';
export const HELD_BACK = 'pressHeldBack';
export const FILTERED = 'pressFiltered';

type About = Pick<AlarmDefinition, 'alarm' | 'source'>;

/** Stored with the press itself: what becomes of it survives the process. `at` is Unix milliseconds. */
export function heldBack({ alarm, source }: About, at: number): NewEvent {
  return { domain: DOMAIN, type: HELD_BACK, source, at, data: { alarm } };
}

/** Nobody is told of it, and this is why. `at` is Unix milliseconds. */
export function filtered({ alarm, source }: About, { presses }: Press, why: Excuse, at: number): NewEvent {
  return { domain: DOMAIN, type: FILTERED, source, at, data: { alarm, why, presses } };
}

/** For whoever reads why an alarm was raised although its lift has a filter. */
export const RAISED_BECAUSE: Readonly<Record<Alarming, string>> = {
  doorClosed: 'the car stands with its doors closed',
  held: 'the button was held',
  unknown: 'where the car is could not be read',
  notRead: 'the doors were open before the press, and could not be read since',
  travelledTooLong: 'the car moved, and did not arrive in time',
  doorStayedClosed: 'the car arrived, and its doors stayed closed',
};

/** Of a press that the gateway held back and did not live to judge. */
export const RAISED_AFTER_RESTART = 'the gateway stopped while it waited for what the car would do';
