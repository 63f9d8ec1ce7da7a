/** What a mirror says, in lines for a person: alarms to standard output, how far they can be trusted to standard error. */
import { formatEvent, type EventNames, type LiveEvent } from '../../event-line.ts';
import { cloudEvent } from '../../tail/message-event.ts';
import { counted } from '../../text/counted.ts';
import { paletteFor, type Palette } from '../../text/palette.ts';
import type { Snapshot } from '../mirror/alarm-mirror.ts';
import type { HeldAlarm } from '../mirror/held-alarms.ts';
import { DISTRUST } from './distrust-words.ts';
import type { View } from './view.ts';

/** After a refresh; who asks for all of it has all of it. */
const MOST_LINES = 20;

/** `now`: Unix milliseconds. */
export function textView(names: EventNames, now: () => number): View {
  const colours = paletteFor(process.stdout);
  const notices = paletteFor(process.stderr);
  const show = (event: LiveEvent | null): void => {
    const line = event && formatEvent(event, names, colours);
    if (line !== null) console.log(line);
  };
  const showStanding = (alarms: readonly HeldAlarm[], most: number): void => {
    const urgentFirst = alarms.toSorted((a, b) => (a.state?.priority ?? 0) - (b.state?.priority ?? 0));
    for (const alarm of urgentFirst.slice(0, most)) show(standing(alarm, now()));
    const more = alarms.length - most;
    if (more > 0) console.log(colours.faint(`and ${more} more: scripts/gatehouse alarms has them`));
  };
  let down = false;
  return {
    connection: (words, up) => {
      // A broker that is away is tried for ever and said once.
      if (up || !down) console.error(up ? notices.faint(words) : notices.warning(words));
      down = !up;
    },
    happened: (event) => show(cloudEvent(event)),
    stands: (alarms) => showStanding(alarms, MOST_LINES),
    trust: (mirror) => console.error(trustLine(mirror, notices)),
    mirror: (mirror) => {
      const abnormal = mirror.alarms.filter(({ letter }) => letter !== 'A');
      showStanding(abnormal, abnormal.length);
      console.error(trustLine(mirror, notices));
    },
  };
}

function trustLine({ distrust, nonNormal, seq }: Snapshot, { good, bad }: Palette): string {
  return distrust === null
    ? good(`✓ 数据可信 data can be trusted: ${counted(nonNormal, 'alarm')} not normal, event ${seq}`)
    : bad(`✗ 数据不可信 data cannot be trusted: ${DISTRUST[distrust]}`);
}

/** Null where nothing is known of it but its name. */
function standing({ alarm, letter, state }: HeldAlarm, at: number): LiveEvent | null {
  if (!state) return null;
  const raisedAt = state.raisedAt === null ? null : Date.parse(state.raisedAt);
  const data = { alarm, alarmType: state.type, priority: state.priority, to: letter, raisedAt };
  return { domain: 'alarm', type: 'standing', source: state.source, at, data };
}
