/** A line for each event as it is committed, and for each device that is lost or comes back. */
import type { FeedChange } from '../../broker/feed-source.ts';
import type { Gateway } from '../../main.ts';
import type { EventRow } from '../../store/rows.ts';
import { formatEvent, type LiveEvent } from '../event-line.ts';
import type { Palette } from '../text/palette.ts';

const PAGE = 200;

export function showEvents(
  { feed, store, config }: Pick<Gateway, 'feed' | 'store' | 'config'>,
  palette: Palette,
  now: () => number,
): void {
  const lost = new Set<string>();
  let last = store.events.bounds().newest ?? 0;
  const show = (event: LiveEvent): void => {
    const line = formatEvent(event, config(), palette);
    if (line !== null) console.log(line);
  };
  feed.onChange(({ events = 0, devices = [] }) => {
    for (const device of devices) if (isNews(device, lost)) show(deviceEvent(device, now()));
    if (events === 0) return;
    for (const event of eventsAfter(store, last)) {
      last = event.seq;
      show(event);
    }
  });
}

/** However many a change has brought, page by page. */
function* eventsAfter({ events }: Gateway['store'], seq: number): Generator<EventRow> {
  for (let after = seq; ;) {
    const page = events.list({ after, limit: PAGE });
    yield* page;
    after = page.at(-1)?.seq ?? after;
    if (page.length < PAGE) return;
  }
}

type DeviceState = NonNullable<FeedChange['devices']>[number];

/** Devices that answer are no news, unless they did not. */
function isNews({ device, state }: DeviceState, lost: Set<string>): boolean {
  if (state === 'offline' || state === 'degraded') {
    lost.add(device);
    return true;
  }
  return state === 'online' && lost.delete(device);
}

/** `at`: when it is said, as what is said of a state may change long after it began. */
function deviceEvent({ device, state, reason, since }: DeviceState, at: number): LiveEvent {
  return { domain: 'device', type: state, source: device, at, data: { reason, since } };
}
