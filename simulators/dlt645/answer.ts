/** What a meter makes of one request: control codes and error bits of DL/T 645-2007, 7, and -1997, 5. */
import type { LocalMs } from '../metering/local-time.ts';
import type { Data } from './coded.ts';
import type { MeterState } from './state.ts';

/** Error bits of a refusal: 2007, 7.1.3. */
export const ERROR = { other: 0x01, noSuchData: 0x02, notAuthorised: 0x04 } as const;

/** `more`: there are follow-on frames. `silent`: it answers nothing. */
export type Answer =
  | { readonly kind: 'data'; readonly data: Data; readonly more?: boolean }
  | { readonly kind: 'refused'; readonly error: number }
  | { readonly kind: 'silent' };

export const SILENT: Answer = { kind: 'silent' };

export function done(data: Data = []): Answer {
  return { kind: 'data', data };
}

export function refused(error: number): Answer {
  return { kind: 'refused', error };
}

/** What one function code does. `data` is without +33H. */
export type Handler = (meter: MeterState, data: Data, local: LocalMs) => Answer;

/** Level, and P0 P1 P2 of the password, lowest digits first. */
export function isAuthorised(meter: MeterState, [level, p0, p1, p2]: Data): boolean {
  const password = Buffer.of(p2 ?? 0, p1 ?? 0, p0 ?? 0).toString('hex');
  // Level 00 is above all; a meter of State Grid uses 02 for most and 04 for clearing.
  return level !== undefined && level <= 0x04 && password === (meter.options.password ?? '000000');
}
