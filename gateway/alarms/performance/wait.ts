/** How long alarms waited for a person. Pure. */
import { isAnnouncement, isHiddenAfter, type AlarmEntry } from './entry.ts';

/** From the first announcement that nobody had acknowledged: what is announced again meanwhile waits since then. */
export interface Wait extends Pick<AlarmEntry, 'type' | 'source' | 'at'> {
  /** Unix milliseconds; null: nobody yet. */
  readonly ackedAt: number | null;
}

/** `entries`: in the order of the journal. Whoever hides an alarm ends its waiting, and has not acknowledged it: that is no wait. */
export function waitsIn(entries: readonly AlarmEntry[]): Wait[] {
  const waiting = new Map<string, AlarmEntry>();
  const over: Wait[] = [];
  for (const entry of entries) {
    const { alarm, at, transition } = entry;
    const announced = waiting.get(alarm);
    if (isAnnouncement(entry)) {
      if (!announced) waiting.set(alarm, entry);
    } else if (transition === 'ack') {
      waiting.delete(alarm);
      if (announced) over.push(waitFor(announced, at));
    } else if (isHiddenAfter(entry)) {
      waiting.delete(alarm);
    }
  }
  return [...over, ...[...waiting.values()].map((announced) => waitFor(announced, null))];
}

function waitFor({ type, source, at }: AlarmEntry, ackedAt: number | null): Wait {
  return { type, source, at, ackedAt };
}
