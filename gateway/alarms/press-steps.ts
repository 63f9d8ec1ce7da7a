/** A press of a lift's button on its way through the filter: held back, left out or announced. Pure steps of one alarm. */
import type { Moment } from './deadlines.ts';
import { underlying } from './letters.ts';
import type { AlarmEvent } from './lifecycle.ts';
import { andThen, follow, type Moved, type Tracked } from './moved.ts';
import { judge, releasePress, takePress } from './press-filter.ts';
import { filtered, heldBack, RAISED_BECAUSE } from './press-news.ts';

type Raise = Extract<AlarmEvent, { type: 'raise' }>;

/** A raise, or a press for the filter. It is bypassed until an alarm has come to its end (EN 81-28:2018, 4.1.2). */
export function raised(tracked: Tracked, event: Raise, moment: Moment): Moved {
  const { definition, press, row } = tracked;
  const isBypassed = !definition?.filter || event.afterOutage || underlying(row) !== 'A';
  if (isBypassed) return follow({ ...tracked, press: null }, event, moment);
  const judgement = judged({ ...tracked, press: takePress(press, moment.now) }, moment);
  const isHeldBack = press === null && judgement.tracked.press !== null;
  return isHeldBack ? { ...judgement, events: [heldBack(definition, moment.at)] } : judgement;
}

/** A clear, and with it the end of the press that is held back. */
export function cleared(tracked: Tracked, event: Extract<AlarmEvent, { type: 'clear' }>, moment: Moment): Moved {
  const press = tracked.press && releasePress(tracked.press);
  return andThen(judged({ ...tracked, press }, moment), (next) => follow(next, event, moment));
}

/** Judges the press that is held back, if there is one. */
export function judged(tracked: Tracked, moment: Moment): Moved {
  const { press, definition, car, condition } = tracked;
  if (!press) return { tracked, changes: [] };
  const filter = definition?.filter;
  const verdict = filter ? judge(press, car, condition.known, filter, moment.now) : NOT_ANY_MORE;
  const decided = { ...tracked, press: null };
  switch (verdict.kind) {
    case 'wait':
      return { tracked: { ...tracked, press: verdict.press }, changes: [] };
    case 'drop':
      return { tracked: decided, changes: [], events: [filtered(tracked.row, press, verdict.why, moment.at)] };
    case 'raise':
      return announce(decided, { note: RAISED_BECAUSE[verdict.why], afterOutage: false }, moment);
  }
}

/** Raises what was a press and no level, or is a level no more. */
export function announce(tracked: Tracked, said: Pick<Raise, 'note' | 'afterOutage'>, moment: Moment): Moved {
  const { at } = moment;
  const latching = tracked.definition?.settings.latching ?? true;
  const announced = follow(tracked, { type: 'raise', at, latching, ...said }, moment);
  return tracked.condition.active
    ? announced
    : andThen(announced, (next) => follow(next, { type: 'clear', at }, moment));
}

/** The filter has been taken away meanwhile. */
const NOT_ANY_MORE = { kind: 'raise', why: 'unknown' } as const;
