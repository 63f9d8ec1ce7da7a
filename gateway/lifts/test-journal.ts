/** What the journal knows of a lift's tests. */
import type { EventRow, NewEvent } from '../store/rows.ts';
import type { EventQuery } from '../store/tables/events.ts';

export interface Journal {
  readonly list: (query: EventQuery) => readonly EventRow[];
}

export interface ButtonTest {
  readonly by: string;
  readonly result: 'passed' | 'failed';
  readonly note: string | null;
}

const DOMAIN = 'lift';
const CONFIRMED = 'testConfirmed';
const BEGAN = 'testsBegan';
const BUTTON = 'buttonTest';

/** What of a lift's events is looked at for its last test, and for the last press of its button. */
const LOOKED_AT = 2_000;

/** The drill has gone the whole way, and back. */
export function testConfirmed(lift: string, alarm: string, at: number): NewEvent {
  return { domain: DOMAIN, type: CONFIRMED, source: lift, at, data: { alarm } };
}

/** From now on a test can be missing. */
export function testsBegan(lift: string, at: number): NewEvent {
  return { domain: DOMAIN, type: BEGAN, source: lift, at, data: {} };
}

/** Somebody has pressed the button to see whether it works. `pressedAt`: null where nothing was seen of it. */
export function buttonTest(
  lift: string,
  { by, result, note }: ButtonTest,
  pressedAt: number | null,
  at: number,
): NewEvent {
  return { domain: DOMAIN, type: BUTTON, source: lift, at, data: { by, result, note, pressedAt } };
}

/** The last test that went well, or else the beginning of all tests; null where there is neither. */
export function lastTest(journal: Journal, lift: string): { readonly at: number; readonly wasTested: boolean } | null {
  const events = journal.list({ domain: DOMAIN, source: lift, limit: LOOKED_AT });
  const test = events.find(({ type, data }) => type === CONFIRMED || (type === BUTTON && data['result'] === 'passed'));
  if (test) return { at: test.at, wasTested: true };
  const began = events.find(({ type }) => type === BEGAN);
  return began ? { at: began.at, wasTested: false } : null;
}

/** When the alarm button was last seen pressed, whatever became of it; null where the journal does not reach so far. */
export function lastPress(journal: Journal, lift: string, button: string): number | null {
  const events = journal.list({ source: lift, limit: LOOKED_AT });
  const mine = events.filter(({ data }) => data['alarm'] === button && data['drill'] !== true);
  const press = mine.find(({ type }) => ['raise', 'raiseAgain', 'pressHeldBack', 'pressFiltered'].includes(type));
  return press?.at ?? null;
}
