/** A message of the MQTT feed as an event. Pure. */
import { alarmEvent, commandResult, deviceStatus, event as otherEvent, status } from '../../broker/schemas.ts';
import type { LiveEvent } from '../event-line.ts';

export interface FeedMessage {
  /** Below `root/site/`. */
  readonly topic: string;
  readonly payload: unknown;
  /** It was kept by the broker: how things were, not what happens. */
  readonly retained: boolean;
  /** When it came, Unix milliseconds. */
  readonly at: number;
}

/** Null for what is not shown: what is well already, and what is no message of the feed. */
export function messageEvent({ topic, payload, retained, at }: FeedMessage): LiveEvent | null {
  const [kind, second, third] = topic.split('/');
  switch (kind) {
    case 'alarm':
      return cloudEvent(alarmEvent.safeParse(payload).data);
    case 'event':
      return cloudEvent(otherEvent.safeParse(payload).data);
    case 'command-result':
      return commandEvent(payload);
    case 'device':
      return second !== undefined && third === 'status' ? deviceEvent(second, payload, retained, at) : null;
    case 'status':
      return gatewayEvent(payload, at);
    default:
      return null;
  }
}

interface CloudEvent {
  /** `gatehouse.domain.type`. */
  readonly type: string;
  /** `/root/site/thing`. */
  readonly source: string;
  readonly time: string;
  readonly data: object;
}

/** An event of the feed; null where there is none. */
export function cloudEvent(message: CloudEvent | undefined): LiveEvent | null {
  if (!message) return null;
  const [, domain = '', ...type] = message.type.split('.');
  const source = message.source.split('/').at(-1) ?? '';
  return { domain, type: type.join('.'), source, at: Date.parse(message.time), data: { ...message.data } };
}

function commandEvent(payload: unknown): LiveEvent | null {
  const { data } = commandResult.safeParse(payload);
  if (!data) return null;
  return { domain: 'command', type: data.state, source: data.device ?? '', at: Date.parse(data.at), data };
}

function deviceEvent(source: string, payload: unknown, retained: boolean, at: number): LiveEvent | null {
  const { data } = deviceStatus.safeParse(payload);
  if (!data || (retained && data.state === 'online')) return null;
  const since = data.since === null ? at : Date.parse(data.since);
  return { domain: 'device', type: data.state, source, at, data: { reason: data.reason, since } };
}

function gatewayEvent(payload: unknown, at: number): LiveEvent | null {
  const { data } = status.safeParse(payload);
  if (!data) return null;
  return { domain: 'gateway', type: data.online ? 'online' : 'offline', source: '', at, data };
}
