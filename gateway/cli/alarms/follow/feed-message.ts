/** A message of the broker as the mirror takes it. Pure. */
import { alarmEvent, alarmHead, alarmState, refreshAnswer, status } from '../../../broker/schemas.ts';
import type { FeedMessage } from '../mirror/messages.ts';

/** What the mirror listens to, below `root/site/`; answers to its refreshes besides. */
export const MIRRORED = ['status', 'alarm/state/+', 'alarm/event', 'alarm/head'] as const;

/** `path` is below `root/site/`. Null for what is no message of the feed: if it mattered, the head tells. */
export function feedMessage(path: string, payload: unknown): FeedMessage | null {
  const [, kind, id = ''] = path.split('/');
  switch (path.startsWith('alarm/') ? kind : path) {
    case 'status': {
      const { data } = status.safeParse(payload);
      return data ? { kind: 'status', online: data.online } : null;
    }
    case 'state': {
      // An empty payload deletes what was retained.
      if (payload === null) return { kind: 'deleted', alarm: id };
      const { data } = alarmState.safeParse(payload);
      return data ? { kind: 'state', state: data } : null;
    }
    case 'event': {
      const { data } = alarmEvent.safeParse(payload);
      return data ? { kind: 'event', event: data } : null;
    }
    case 'head': {
      const { data } = alarmHead.safeParse(payload);
      return data ? { kind: 'head', head: data } : null;
    }
    case 'refresh': {
      const { data } = refreshAnswer.safeParse(payload);
      return data ? { kind: 'answer', requestId: id, part: data } : null;
    }
    default:
      return null;
  }
}
