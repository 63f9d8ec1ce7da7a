/** A device's `inputs`: which contact of an input module raises what. */
import type { Profile } from '../../drivers/contract.ts';
import type { Finding } from '../config/mistakes/mistake.ts';
import { suggest } from '../config/mistakes/suggest.ts';
import { at, own, settingsFor, type AlarmMistake, type Draft, type PlacedDevice } from './draft.ts';
import type { AlarmFile, AlarmSettings } from './rule-file.ts';
import type { PulseInput } from './types.ts';

type Input = PlacedDevice['device']['inputs'][number];
interface Drafts {
  readonly drafts: readonly Draft[];
  readonly mistakes: readonly AlarmMistake[];
}

export function inputDrafts({ device, index }: PlacedDevice, profile: Profile, file: AlarmFile): Drafts {
  const all = device.inputs.map((input, position): Drafts => {
    const path = ['devices', index, 'inputs', position];
    const settings = settingsFor(file, input.alarm, undefined, own(device.alarms, input.alarm));
    const level = profile.points.find(({ channel, role }) => channel === input.channel && role === 'level');
    if (!settings || !level) {
      return { drafts: [], mistakes: at('site', path, missing(input, settings, profile, file)) };
    }
    const pulse = pulseOf(input, settings, profile);
    const draft: Draft = {
      ...{ source: input.source, device: device.id, type: input.alarm, channel: null, settings },
      // A level is a bit: some profiles have it as a boolean, some as a number.
      trigger: {
        kind: 'points',
        tests: [{ point: level.key, kind: 'in', values: input.invert ? [false, 0] : [true, 1] }],
        pulse,
      },
      from: { file: 'site', path },
    };
    return { drafts: [draft], mistakes: at('site', path, unguarded(input, settings, profile)) };
  });
  return { drafts: all.flatMap(({ drafts }) => drafts), mistakes: all.flatMap(({ mistakes }) => mistakes) };
}

function edgePoints(input: Input, profile: Profile): Pick<PulseInput, 'points' | 'counting'> {
  const having = (role: 'counter' | 'latch') =>
    profile.points.filter((point) => point.channel === input.channel && point.role === role).map(({ key }) => key);
  const [counters, latches] = [having('counter'), having('latch')];
  return { points: [...counters, ...latches], counting: counters.length > 0 ? counters : latches };
}

function pulseOf(input: Input, settings: AlarmSettings, profile: Profile): PulseInput | null {
  const edges = edgePoints(input, profile);
  if (settings.pulses !== true || edges.points.length === 0) return null;
  return { ...edges, countsAt: input.invert ? 'end' : 'onset' };
}

function missing(input: Input, settings: AlarmSettings | undefined, profile: Profile, file: AlarmFile): Finding[] {
  const findings: Finding[] = [];
  if (!settings) {
    findings.push({
      path: ['alarm'],
      message: `there is no alarm type ${JSON.stringify(input.alarm)}`,
      hint: suggest(input.alarm, Object.keys(file.types)),
      severity: 'error',
    });
  }
  const channels = profile.points.filter(({ role }) => role === 'level').map(({ channel }) => channel ?? 0);
  if (!channels.includes(input.channel)) {
    findings.push({
      path: ['channel'],
      message: `profile ${profile.id} has no channel ${input.channel} with a level`,
      hint: channels.length === 0 ? 'it is no input module' : `it has ${channels.join(', ')}`,
      severity: 'error',
    });
  }
  return findings;
}

function unguarded(input: Input, settings: AlarmSettings, profile: Profile): Finding[] {
  if (settings.priority > 1 || edgePoints(input, profile).points.length > 0) return [];
  const message = `${input.alarm} has priority 1, and ${profile.id} neither counts nor latches its inputs: a pulse between two polls is lost`;
  return [{ path: ['alarm'], message, hint: 'wire it to a module with counters', severity: 'warning' }];
}
