/** A device's `inputs`: which contact of an input module raises what. */
import type { Profile } from '../../drivers/contract.ts';
import type { Finding } from '../config/mistakes/mistake.ts';
import { suggest } from '../config/mistakes/suggest.ts';
import { at, own, settingsFor, type AlarmMistake, type Draft, type PlacedDevice } from './draft.ts';
import type { AlarmFile, AlarmSettings } from './rule-file.ts';
import type { PointTest, PulseInput } from './types.ts';

type Input = PlacedDevice['device']['inputs'][number];
type LevelTest = Extract<PointTest, { kind: 'in' }>;
interface Drafts {
  readonly drafts: readonly Draft[];
  readonly mistakes: readonly AlarmMistake[];
}

export function inputDrafts({ device, index }: PlacedDevice, profile: Profile, file: AlarmFile): Drafts {
  const all = device.inputs.map((input, position): Drafts => {
    const path = ['devices', index, 'inputs', position];
    const type = input.alarm;
    const level = levelTest(input, profile);
    if (type === undefined) return { drafts: [], mistakes: at('site', path, level ? [] : noChannel(input, profile)) };
    const settings = settingsFor(file, type, undefined, own(device.alarms, type));
    if (!settings || !level) {
      const findings = [...(settings ? [] : noType(type, file)), ...(level ? [] : noChannel(input, profile))];
      return { drafts: [], mistakes: at('site', path, findings) };
    }
    const pulse = pulseOf(input, settings, profile);
    const draft: Draft = {
      ...{ source: input.source, device: device.id, type, channel: null, settings },
      trigger: { kind: 'points', tests: [level], pulse },
      from: { file: 'site', path },
    };
    return { drafts: [draft], mistakes: at('site', path, unguarded(type, input, settings, profile)) };
  });
  return { drafts: all.flatMap(({ drafts }) => drafts), mistakes: all.flatMap(({ mistakes }) => mistakes) };
}

/** What makes an input's contact report; undefined where its module has no such channel. */
export function levelTest(
  { channel, invert }: Pick<Input, 'channel' | 'invert'>,
  profile: Profile,
): LevelTest | undefined {
  const level = profile.points.find((point) => point.channel === channel && point.role === 'level');
  // A level is a bit: some profiles have it as a boolean, some as a number.
  return level && { point: level.key, kind: 'in', values: invert ? [false, 0] : [true, 1] };
}

export function edgePoints(input: Pick<Input, 'channel'>, profile: Profile): Pick<PulseInput, 'points' | 'counting'> {
  const having = (role: 'counter' | 'latch') =>
    profile.points.filter((point) => point.channel === input.channel && point.role === role).map(({ key }) => key);
  const [counters, latches] = [having('counter'), having('latch')];
  return { points: [...counters, ...latches], counting: counters.length > 0 ? counters : latches };
}

export function pulseOf(
  input: Pick<Input, 'channel' | 'invert'>,
  settings: AlarmSettings,
  profile: Profile,
): PulseInput | null {
  const edges = edgePoints(input, profile);
  if (settings.pulses !== true || edges.points.length === 0) return null;
  return { ...edges, countsAt: input.invert ? 'end' : 'onset' };
}

function noType(type: string, file: AlarmFile): Finding[] {
  const message = `there is no alarm type ${JSON.stringify(type)}`;
  return [{ path: ['alarm'], message, hint: suggest(type, Object.keys(file.types)), severity: 'error' }];
}

function noChannel({ channel: named }: Input, profile: Profile): Finding[] {
  const channels = profile.points.filter(({ role }) => role === 'level').map(({ channel }) => channel ?? 0);
  const message = `profile ${profile.id} has no channel ${named} with a level`;
  const hint = channels.length === 0 ? 'it is no input module' : `it has ${channels.join(', ')}`;
  return [{ path: ['channel'], message, hint, severity: 'error' }];
}

function unguarded(type: string, input: Input, settings: AlarmSettings, profile: Profile): Finding[] {
  if (settings.priority > 1 || edgePoints(input, profile).points.length > 0) return [];
  const message = `${type} has priority 1, and ${profile.id} neither counts nor latches its inputs: a pulse between two polls is lost`;
  return [{ path: ['alarm'], message, hint: 'wire it to a module with counters', severity: 'warning' }];
}
