/** What the zones of homes raise, of those that are wired to one device. What an armed home makes of them comes from home-security/. */
import type { Profile } from '../../drivers/contract.ts';
import type { ZoneConfig } from '../config/home-security-schema.ts';
import { suggest } from '../config/mistakes/suggest.ts';
import type { Path } from '../config/mistakes/path.ts';
import type { Equipment } from '../config/schema.ts';
import { at, own, settingsFor, type AlarmMistake, type Draft, type PlacedDevice } from './draft.ts';
import type { AlarmFile } from './rule-file.ts';
import { pulseOf } from './rule-inputs.ts';
import type { PointTest, PulseInput } from './types.ts';
import { zoneTests, type ZoneTests } from './zone-tests.ts';

/** With its position in the site's list of equipment. */
export interface PlacedHome {
  readonly home: Pick<Equipment, 'id' | 'security'>;
  readonly index: number;
}

interface Drafts {
  readonly drafts: readonly Draft[];
  readonly mistakes: readonly AlarmMistake[];
}

/** Of each kind of zone. Those of `ARMED_KINDS` raise it while their home is armed. */
export const TYPE_OF_KIND = {
  instant: 'home.intrusion',
  delayed: 'home.intrusion',
  follower: 'home.intrusion',
  twentyFourHour: 'home.intrusion',
  panic: 'home.sos',
  gas: 'home.gas',
  tamper: 'input.tamper',
} as const satisfies Record<ZoneConfig['kind'], string>;

export const ARMED_KINDS = ['instant', 'delayed', 'follower'] as const;
export type ArmedKind = (typeof ARMED_KINDS)[number];

export function isArmedKind(kind: ZoneConfig['kind']): kind is ArmedKind {
  return ARMED_KINDS.some((armed) => armed === kind);
}

const LINE_FAULT = 'input.lineFault';

/** The point by which an armed home says what a zone raises: no profile has one with a colon. */
export function zonePoint(home: string, zone: string): string {
  return `home:${home}/${zone}`;
}

/** Zones whose channel or point the profile does not have are left out: that is for `check` to say. */
export function zoneDrafts(
  { device }: PlacedDevice,
  profile: Profile,
  file: AlarmFile,
  homes: readonly PlacedHome[],
): Drafts {
  const all = homes.flatMap(({ home, index }) =>
    (home.security?.zones ?? []).flatMap((zone, place, zones): Drafts[] => {
      // Of two with one id, which is a mistake of theirs, the second would raise the alarms of the first.
      const isFirst = zones.findIndex(({ id }) => id === zone.id) === place;
      const tests = isFirst && zone.device === device.id ? zoneTests(zone, profile) : null;
      if (!tests) return [];
      const path = ['equipment', index, 'security', 'zones', place];
      return wishes(home.id, zone, tests, profile).map((wish) => draftOf(wish, home.id, zone, device, file, path));
    }),
  );
  return { drafts: all.flatMap(({ drafts }) => drafts), mistakes: all.flatMap(({ mistakes }) => mistakes) };
}

interface Wish {
  readonly type: string;
  readonly tests: readonly PointTest[];
  readonly pulse: (settings: Parameters<typeof pulseOf>[1]) => PulseInput | null;
}

function wishes(home: string, zone: ZoneConfig, zoneTests: ZoneTests, profile: Profile): Wish[] {
  const type = TYPE_OF_KIND[zone.kind];
  const at = (level: string) => zoneTests.tests.filter((each) => each.level === level).map(({ test }) => test);
  const tamper = at('tamper');
  const none = () => null;
  const own = isArmedKind(zone.kind) ? armed(home, zone.id) : always(zone, at('open'), profile);
  const raisesTamper = type === TYPE_OF_KIND.tamper;
  return [
    { type, ...own, ...(raisesTamper && { tests: [...own.tests, ...tamper] }) },
    ...(tamper.length > 0 && !raisesTamper ? [{ type: TYPE_OF_KIND.tamper, tests: tamper, pulse: none }] : []),
    ...(zone.eol ? [{ type: LINE_FAULT, tests: [unwell(zoneTests)], pulse: none }] : []),
  ];
}

/** Each trip that counts comes as a pulse: what has closed again is an intrusion, too. */
function armed(home: string, zone: string): Pick<Wish, 'tests' | 'pulse'> {
  const point = zonePoint(home, zone);
  const pulse: PulseInput = { points: [point], counting: [], countsAt: 'onset' };
  return { tests: [{ point, kind: 'in', values: [true] }], pulse: () => pulse };
}

function always(zone: ZoneConfig, tests: readonly PointTest[], profile: Profile): Pick<Wish, 'tests' | 'pulse'> {
  const { channel, invert } = zone;
  const pulse: Wish['pulse'] = (settings) =>
    channel === undefined ? null : pulseOf({ channel, invert }, settings, profile);
  return { tests, pulse };
}

/** Neither normal nor alarm nor tamper: shorted, cut, or something else. */
function unwell({ point, tests }: ZoneTests): PointTest {
  const well = tests.filter(({ level }) => level !== 'short' && level !== 'cut').map(({ test }) => test);
  return { point, kind: 'outside', bands: well.flatMap((test) => (test.kind === 'within' ? test.bands : [])) };
}

function draftOf(
  { type, tests, pulse }: Wish,
  home: string,
  zone: ZoneConfig,
  device: PlacedDevice['device'],
  file: AlarmFile,
  path: Path,
): Drafts {
  const settings = settingsFor(file, type, undefined, own(device.alarms, type));
  if (!settings) {
    const message = `there is no alarm type ${JSON.stringify(type)}, which zones of this kind raise`;
    const finding = { path: [], message, hint: suggest(type, Object.keys(file.types)), severity: 'error' as const };
    return { drafts: [], mistakes: at('site', path, [finding]) };
  }
  const draft: Draft = {
    ...{ source: home, device: device.id, type, channel: zone.id, settings },
    trigger: { kind: 'points', tests, pulse: pulse(settings) },
    from: { file: 'site', path },
  };
  return { drafts: [draft], mistakes: [] };
}
