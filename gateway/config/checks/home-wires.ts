/** What a zone or a keyswitch of a home is wired to, against the model of its module. */
import type { Profile } from '../../../drivers/contract.ts';
import { edgePoints } from '../../alarms/rule-inputs.ts';
import type { ZoneConfig } from '../home-security-schema.ts';
import type { Path } from '../mistakes/path.ts';
import { error, warning, type Finding } from '../mistakes/mistake.ts';
import { suggest } from '../mistakes/suggest.ts';

export interface Wire {
  /** Null: the keyswitch. */
  readonly zone: ZoneConfig | null;
  readonly on: Pick<ZoneConfig, 'device' | 'channel'>;
  readonly path: Path;
}

/** `taken`: what is used already, as `{device} {channel}`; it grows. */
export function checkContact(
  { zone, on, path }: Wire,
  channel: number,
  profile: Profile,
  taken: Set<string>,
): Finding[] {
  const channels = profile.points.flatMap((point) => (point.role === 'level' ? (point.channel ?? []) : []));
  if (!channels.includes(channel)) {
    const hint = channels.length === 0 ? 'it is no input module' : `it has ${channels.join(', ')}`;
    return [error([...path, 'channel'], `profile ${profile.id} has no channel ${channel} with a level`, hint)];
  }
  const name = `${on.device} ${channel}`;
  const isTaken = taken.has(name);
  taken.add(name);
  if (isTaken) {
    const message = `channel ${channel} of ${on.device} is used already`;
    return [error([...path, 'channel'], message, 'one contact, one meaning')];
  }
  const isUrgent = zone?.kind === 'panic' || zone?.kind === 'gas';
  if (!isUrgent || edgePoints({ channel }, profile).points.length > 0) return [];
  const message = `${zone.kind} is for life, and ${profile.id} neither counts nor latches its inputs: a pulse between two polls is lost`;
  return [warning([...path, 'kind'], message, 'wire it to a module with counters')];
}

export function checkPoint({ zone, path }: Wire, profile: Profile): Finding[] {
  const name = zone?.point;
  if (name === undefined) return [];
  const point = profile.points.find(({ key }) => key === name);
  if (!point) {
    const hint = suggest(
      name,
      profile.points.map(({ key }) => key),
    );
    return [error([...path, 'point'], `profile ${profile.id} has no point ${JSON.stringify(name)}`, hint)];
  }
  if (point.enum !== undefined || point.role !== undefined || point.access === 'w')
    return [error([...path, 'point'], `${name} of ${profile.id} is no quantity: it has no resistors at its end`)];
  if (point.poll === 'alarm') return [];
  const message = `${name} of ${profile.id} is read as ${point.poll}, and not as an alarm: what happens in between is lost`;
  return [warning([...path, 'point'], message, 'poll: alarm in the profile')];
}
