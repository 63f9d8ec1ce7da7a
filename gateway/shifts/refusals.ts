/** Why something about shifts was not done. */
import type { PersonRefusal } from '../people.ts';

export type ShiftRefusal =
  | 'nobodyOnDuty'
  | 'alreadyOnDuty'
  | 'notOnDuty'
  | 'notIncoming'
  | 'samePerson'
  | 'notHandedOver'
  | 'unknownNote'
  | 'noteNotOpen'
  | 'noteRequired'
  | 'stale'
  | 'storeUnavailable';

export interface Refused {
  readonly ok: false;
  readonly code: ShiftRefusal | PersonRefusal['code'];
  readonly message: string;
}

export type ShiftAnswer<T> = { readonly ok: true; readonly value: T } | Refused;

export function refuse(code: ShiftRefusal, message: string): Refused {
  return { ok: false, code, message };
}

/** Somebody else was quicker. */
export const OVERTAKEN = refuse('stale', 'it has changed since you looked: look again');

export const NOBODY = refuse('nobodyOnDuty', 'nobody is on duty: begin a shift');
