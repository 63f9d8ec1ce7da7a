/** Every press is in the journal, and has raised its alarm. Pure. */
import type { StoredEvent } from '../../../gateway/end-to-end/testing/stored.ts';
import type { Judged } from './judged.ts';

export interface PressedContact {
  readonly device: string;
  readonly channel: number;
  readonly alarm: string;
  /** How often it has closed. */
  readonly closings: number;
}

const RAISES: readonly string[] = ['raise', 'raiseAgain'];

export function judgePresses(contacts: readonly PressedContact[], events: readonly StoredEvent[]): Judged {
  const pulses = Map.groupBy(events.filter(isPulse), ({ source, data }) => `${source}/${String(data['channel'])}`);
  const raises = Map.groupBy(events.filter(isRaise), ({ data }) => String(data['alarm']));
  let [closed, counted, announced] = [0, 0, 0];
  const findings = contacts.flatMap(({ device, channel, alarm, closings }) => {
    const own = pulses.get(`${device}/${channel}`) ?? [];
    const of = raises.get(alarm) ?? [];
    const count = own.reduce((sum, { data }) => sum + Number(data['count']), 0);
    [closed, counted, announced] = [closed + closings, counted + count, announced + of.length];
    const place = `${alarm} (${device}, channel ${channel})`;
    const lost = count < closings ? [`${place} was pressed ${closings} times, and the journal has ${count}`] : [];
    const silent = unraised(own, of).map((seq) => `${place}: what was counted as event ${seq} has raised nothing`);
    return [...lost, ...silent];
  });
  if (closed === 0) findings.push('nobody has pressed anything');
  const twice = Math.max(0, counted - closed);
  return {
    findings,
    looked: `${closed} presses of ${contacts.length} buttons: ${counted} counted (${twice} twice), ${announced} raises`,
  };
}

/**
 * The `seq` of each pulse that no raise of its own goes with. A level that was seen before the counter raises first, in an earlier
 * transaction; so a pulse's raise is anywhere between the pulses before and after it.
 */
function unraised(pulses: readonly StoredEvent[], raises: readonly StoredEvent[]): number[] {
  let next = 0;
  return pulses.flatMap(({ seq }, i) => {
    const [after, before] = [pulses[i - 1]?.seq ?? 0, pulses[i + 1]?.seq ?? Infinity];
    while ((raises[next]?.seq ?? Infinity) < after) next += 1;
    if ((raises[next]?.seq ?? Infinity) >= before) return [seq];
    next += 1;
    return [];
  });
}

function isPulse({ domain, type }: StoredEvent): boolean {
  return domain === 'input' && type === 'pulse';
}

function isRaise({ domain, type }: StoredEvent): boolean {
  return domain === 'alarm' && RAISES.includes(type);
}
