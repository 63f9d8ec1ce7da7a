/** Who may publish and subscribe to what on the embedded broker. Pure; denied unless something here allows it. */
import type { Topics } from '../topics.ts';

export type Role = 'consumer' | 'operator' | 'admin';

export interface Identity {
  readonly name: string;
  readonly role: Role;
}

/** Without users the broker is bound to loopback, and whoever is on the box operates it. */
export const ANONYMOUS: Identity = { name: 'anonymous', role: 'operator' };

/** Whether `identity` may publish to `topic`, as a message or as its last will. */
export function mayPublish(topics: Topics, identity: Identity, topic: string): boolean {
  // Topics that begin with $ are the broker's own (MQTT 3.1.1, 4.7.2), whoever asks.
  if (topic.startsWith('$')) return false;
  if (identity.role === 'admin') return true;
  const inbound = topics.parseInbound(topic);
  switch (inbound?.kind) {
    case undefined:
      return false;
    case 'refresh':
      return true;
    case 'watermark':
      // Another's watermark would end rows that the other does not have.
      return inbound.consumer === identity.name || identity === ANONYMOUS;
    case 'command':
    case 'alarmCommand':
      return identity.role === 'operator';
  }
}

/** Whether `identity` may subscribe to `filter`. Wildcards are judged by what they could ever match. */
export function maySubscribe(topics: Topics, identity: Identity, filter: string): boolean {
  if (identity.role === 'admin') return true;
  // The first segments must be the site's own, letter by letter: #, +/# and $SYS/# match more than the site.
  return filter.startsWith(`${topics.prefix}/`);
}

/** Whether what `identity` publishes may be kept by the broker and given to later subscribers. */
export function mayRetain(identity: Identity): boolean {
  return identity.role === 'admin';
}
