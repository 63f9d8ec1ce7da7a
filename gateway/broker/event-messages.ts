/** Events of the outbox as messages: CloudEvents 1.0 in the structured JSON format, and command results. Pure. */
import type { EventRow } from '../store/rows.ts';
import { iso, passing } from './messages.ts';
import { outgoing } from './outgoing.ts';
import type { Message } from './publisher.ts';
import { alarmTransition, commandResult } from './schemas.ts';
import { topicSegment, type Topics } from './topics.ts';

/** Either a message, or why there will never be one. */
export type Rendered = { readonly message: Message } | { readonly poison: string };

/** `backlog`: sent late. The message is the same at every redelivery but for that mark. */
export function eventMessage(topics: Topics, row: EventRow, backlog: boolean): Rendered {
  switch (row.domain) {
    case 'alarm':
      return alarm(topics, row, backlog);
    case 'command':
      return command(topics, row, backlog);
    default: {
      const domain = topicSegment(row.domain);
      const type = topicSegment(row.type);
      if (domain === null || type === null) return { poison: `no topic can be named ${row.domain}/${row.type}` };
      const payload = envelope(topics, row, backlog, outgoing(row.data));
      return payload ? { message: passing(topics.event(domain, type), payload) } : impossibleTime(row);
    }
  }
}

/** The CloudEvent of an alarm transition; null where the row is not one. */
export function alarmCloudEvent(topics: Topics, row: EventRow, backlog: boolean) {
  const { epoch, seq, at } = row;
  if (!alarmTransition.safeParse(row.data).success) return null;
  return envelope(topics, row, backlog, { ...outgoing(row.data), epoch, seq, at: iso(at) });
}

function alarm(topics: Topics, row: EventRow, backlog: boolean): Rendered {
  const payload = alarmCloudEvent(topics, row, backlog);
  return payload
    ? { message: passing(topics.alarmEvent, payload) }
    : { poison: 'its data is not an alarm transition, or its time is impossible' };
}

/** The end of a command. Its event's data is the command's row. */
function command(topics: Topics, row: EventRow, backlog: boolean): Rendered {
  const { id, device, action, value, result, error } = outgoing(row.data);
  const { epoch, seq, at, type: state } = row;
  const fields = { commandId: id, state, device, action, value, result, error, at: iso(at), epoch, seq };
  const parsed = commandResult.safeParse(backlog ? { ...fields, backlog } : fields);
  if (!parsed.success) return { poison: `its data is not the result of a command: ${issue(parsed.error)}` };
  return { message: passing(topics.commandResult(parsed.data.commandId), parsed.data) };
}

function envelope(topics: Topics, row: EventRow, backlog: boolean, data: Readonly<Record<string, unknown>>) {
  const time = iso(row.at);
  if (time === null) return null;
  return {
    specversion: '1.0',
    id: row.id,
    source: `/${topics.prefix}/${row.source}`,
    type: `gatehouse.${row.domain}.${row.type}`,
    time,
    datacontenttype: 'application/json',
    epoch: row.epoch,
    seq: row.seq,
    ...(backlog ? { backlog } : {}),
    data,
  };
}

function impossibleTime(row: EventRow): Rendered {
  return { poison: `no calendar has its time, ${row.at}` };
}

function issue(error: {
  readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
}) {
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
