/** What the recorder commits, told to everybody who shows or sends it: the broker's dispatcher, the API's streams. */
import type { FeedChange, FeedSource } from './broker/feed-source.ts';
import { mayPass } from './store/errors.ts';
import type { Store } from './store/store.ts';

export interface Feed extends FeedSource {
  /** Tells every listener. */
  readonly publish: (change: FeedChange) => void;
}

export function createFeed({ epoch, outbox, events, points, devices, alarms, write }: Store): Feed {
  const listeners = new Set<(change: FeedChange) => void>();
  return {
    epoch,
    outbox: {
      ...outbox,
      sent: (seqs, now) => write('outboxSent', seqs, now),
      done: (seqs) => write('outboxDone', seqs),
      doneThrough: (seq) => write('outboxDoneThrough', seq),
      deadLetter: (seq, reason, now) => write('deadLetter', seq, reason, now),
    },
    events: { ...events, list: (query) => events.list(query) },
    points,
    devices,
    alarms,
    mayPass,
    publish: (change) => {
      for (const listener of listeners) listener(change);
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
