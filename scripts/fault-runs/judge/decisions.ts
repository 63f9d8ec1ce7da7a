/** Every decision that was accepted is in the journal, once, and next after what it was about. Pure. */
import type { StoredEvent } from '../../../gateway/end-to-end/testing/stored.ts';
import type { Decision } from '../guard.ts';
import type { Judged } from './judged.ts';

export function judgeDecisions(accepted: readonly Decision[], events: readonly StoredEvent[]): Judged {
  const transitions = events.filter(({ domain }) => domain === 'alarm');
  const byWhom = Map.groupBy(transitions, ({ data }) => String(data['by']));
  const byAlarm = Map.groupBy(transitions, ({ data }) => String(data['alarm']));
  const findings = accepted.flatMap(({ verb, alarm, occurrenceId, rev, by }) => {
    const what = `${verb} of ${alarm} after event ${rev} (${by})`;
    const carriedOut = byWhom.get(by) ?? [];
    const [event] = carriedOut;
    if (!event) return [`${what} was accepted, and the journal does not have it`];
    if (carriedOut.length > 1) return [`${what} was accepted once, and is in the journal ${carriedOut.length} times`];
    const next = byAlarm.get(alarm)?.find(({ seq }) => seq > rev);
    const isRight = event === next && event.type === verb && event.data['occurrenceId'] === occurrenceId;
    return isRight ? [] : [`${what} is event ${event.seq} of the journal, which is not what was decided`];
  });
  if (accepted.length === 0) findings.push('no decision was accepted');
  return { findings, looked: `${accepted.length} acknowledgements and resets that were accepted` };
}
