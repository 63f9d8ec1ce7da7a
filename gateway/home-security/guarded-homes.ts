/** From the site file to what the rules of an armed home work with. Pure. */
import type { Profile } from '../../drivers/contract.ts';
import { edgePoints } from '../alarms/rule-inputs.ts';
import type { PulseInput } from '../alarms/types.ts';
import { isArmedKind, type ArmedKind } from '../alarms/zone-drafts.ts';
import { contactTests, zoneTests, type ZoneTests } from '../alarms/zone-tests.ts';
import type { HomeSecurity, ZoneConfig } from '../config/home-security-schema.ts';
import type { SiteConfig } from '../config/site-config.ts';

export type ArmMode = 'away' | 'stay';

export interface GuardedZone {
  readonly id: string;
  readonly nameZh: string;
  readonly kind: ArmedKind;
  /** Whether the home may be armed without it. */
  readonly bypass: boolean;
  readonly device: string;
  readonly tests: ZoneTests;
  /** Of a contact whose module counts or latches. */
  readonly edges: PulseInput | null;
}

export interface GuardedHome {
  readonly id: string;
  readonly nameZh: string;
  readonly entryMs: number;
  readonly exitMs: number;
  /** Those that count while the home is armed, and only then. */
  readonly zones: readonly GuardedZone[];
  readonly keyswitch: { readonly device: string; readonly tests: ZoneTests; readonly mode: ArmMode } | null;
}

type Site = Pick<SiteConfig, 'equipment' | 'devices' | 'profiles'>;

export function guardedHomes(site: Site): GuardedHome[] {
  const profiles = new Map(site.devices.map(({ id, profile }) => [id, site.profiles.get(profile)]));
  return site.equipment.flatMap(({ id, nameZh, security }) => {
    if (!security) return [];
    const { entryS, exitS, keyswitch, zones } = security;
    const times = { entryMs: entryS * 1000, exitMs: exitS * 1000 };
    const guarded = zones.flatMap((zone) => zoneOf(zone, profiles.get(zone.device)));
    return { id, nameZh, ...times, zones: guarded, keyswitch: keyswitchOf(keyswitch, profiles) };
  });
}

function zoneOf(zone: ZoneConfig, profile: Profile | undefined): GuardedZone[] {
  const { id, nameZh, kind, bypass, device, channel, invert } = zone;
  const tests = profile && zoneTests(zone, profile);
  if (!tests || !isArmedKind(kind)) return [];
  const counted = channel === undefined ? null : edgePoints({ channel }, profile);
  const edges = counted && counted.points.length > 0 && ({ ...counted, countsAt: invert ? 'end' : 'onset' } as const);
  return [{ id, nameZh, kind, bypass, device, tests, edges: edges || null }];
}

function keyswitchOf(
  keyswitch: HomeSecurity['keyswitch'],
  profiles: ReadonlyMap<string, Profile | undefined>,
): GuardedHome['keyswitch'] {
  const profile = keyswitch && profiles.get(keyswitch.device);
  const tests = profile && contactTests(keyswitch, profile);
  return tests ? { device: keyswitch.device, tests, mode: keyswitch.mode } : null;
}
