/** What the figures of an alarm system's performance (ISA-18.2, clause 16) take from the journal. Pure. */
import type { AlarmEventType, AlarmLetter, EventRow, TransitionRow } from '../../store/rows.ts';
import { isHiddenLetter } from '../letters.ts';

/** One transition of one alarm. */
export type AlarmEntry = Omit<TransitionRow, 'seq' | 'recordedAt'>;

/** `event`: of the domain `alarm`, as gateway/store/writer/observe.ts writes it; a drill's is like any other here. */
export function entryOf({ type, source, at, data }: EventRow): AlarmEntry {
  const { alarm, alarmType, to } = data;
  const transition = type as AlarmEventType;
  return { alarm: String(alarm), type: String(alarmType), source, at, transition, letter: to as AlarmLetter };
}

const UNACKNOWLEDGED: readonly string[] = ['B', 'D', 'E'];

export function isHiddenAfter({ letter }: AlarmEntry): boolean {
  return isHiddenLetter(letter);
}

/** Whether people were told by it that they have to deal with the alarm: one that rises while it is hidden tells nobody. */
export function isAnnouncement({ transition, letter }: AlarmEntry): boolean {
  switch (transition) {
    case 'raise':
    case 'reAlarm':
    case 'unshelve':
    case 'unsuppress':
    case 'placeInService':
      return UNACKNOWLEDGED.includes(letter);
    default:
      return false;
  }
}

/** Whether its condition came, or a counter said that it came again; hidden or not. */
export function isOnset({ transition }: AlarmEntry): boolean {
  return transition === 'raise' || transition === 'raiseAgain';
}
