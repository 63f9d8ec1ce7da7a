/** The store is whole, and says one thing. Pure. */
import type { Stored, StoredEvent } from '../../../gateway/end-to-end/testing/stored.ts';
import type { Judged } from './judged.ts';

export function judgeJournal(stored: Stored): Judged {
  const { integrity, deadLetters, events, alarms } = stored;
  const transitions = events.filter(({ domain }) => domain === 'alarm');
  const findings = [
    ...(integrity === 'ok' ? [] : [`the database is damaged: ${integrity}`]),
    ...deadLetters.map((seq) => `event ${seq} was set aside, and never sent`),
    ...holes(events),
    ...breaks(transitions),
    ...contradictions(stored, transitions),
  ];
  return { findings, looked: `${events.length} events, ${transitions.length} transitions of ${alarms.length} alarms` };
}

/** One sequence over everything, from 1. */
function holes(events: readonly StoredEvent[]): string[] {
  return events.flatMap(({ seq }, i) => {
    const before = events[i - 1]?.seq ?? 0;
    return seq === before + 1 ? [] : [`the journal has no event between ${before} and ${seq}`];
  });
}

/** Each transition names the one before it, and begins where its alarm was. */
function breaks(transitions: readonly StoredEvent[]): string[] {
  const letters = new Map<string, string>();
  return transitions.flatMap(({ seq, data }, i) => {
    const alarm = String(data['alarm']);
    const [prevSeq, letter] = [transitions[i - 1]?.seq ?? 0, letters.get(alarm) ?? 'A'];
    letters.set(alarm, String(data['to']));
    return [
      ...(data['prevSeq'] === prevSeq
        ? []
        : [`event ${seq} names ${String(data['prevSeq'])} as the one before it, not ${prevSeq}`]),
      ...(data['from'] === letter
        ? []
        : [`event ${seq} takes ${alarm} from ${String(data['from'])}, and it was in ${letter}`]),
    ];
  });
}

/** The row of each alarm is what its last transition has made of it. */
function contradictions({ alarms }: Stored, transitions: readonly StoredEvent[]): string[] {
  const last = new Map(transitions.map((event) => [String(event.data['alarm']), event]));
  const unknown = [...last.keys()].filter((alarm) => !alarms.some((row) => row.alarm === alarm));
  return [
    ...unknown.map((alarm) => `${alarm} has transitions and no row`),
    ...alarms.flatMap(({ alarm, letter, rev, count }) => {
      const { seq, data } = last.get(alarm) ?? { seq: 0, data: { to: 'A', count: 0 } };
      const same = letter === data['to'] && rev === seq && count === data['count'];
      const made = `${String(data['to'])}, event ${seq}, ${String(data['count'])} times`;
      return same ? [] : [`the row of ${alarm} says ${letter}, event ${rev}, ${count} times; its journal ${made}`];
    }),
  ];
}
