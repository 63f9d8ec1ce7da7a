/** Which points of which devices are meters' registers: the registry, seen from the field. */
import type { Frozen, Point } from '../../../drivers/contract.ts';
import type { Unit } from '../../../drivers/units.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { Meter } from '../model.ts';
import { UTILITIES } from '../rules/utilities.ts';

export interface PlacedRegister {
  readonly meter: Meter;
  readonly device: string;
  /** The point's key, and its unit; null for a plain count. */
  readonly point: string;
  readonly unit: Unit | null;
  /** Set where the point counts pulses. */
  readonly pulses: { readonly weight: string; readonly range: number } | null;
  /** Points of what the meter itself has kept of this register, by key. */
  readonly frozen: ReadonlyMap<string, Frozen>;
  /** The point that carries the meter's clock. */
  readonly clock: string | null;
  /** All points of its device. */
  readonly points: readonly Point[];
}

/** IEC 62056-6-1. */
export const CLOCK_OBIS = '0-0:1.0.0';
const COUNTER_32 = 2 ** 32;

/** By device; of meters that hang there now. */
export function registersOf({
  registry,
  devices,
  profiles,
}: Pick<SiteConfig, 'registry' | 'devices' | 'profiles'>): ReadonlyMap<string, readonly PlacedRegister[]> {
  const profileOf = new Map(devices.map(({ id, profile }) => [id, profiles.get(profile)]));
  const placed = [...registry.meters.values()].flatMap((meter): PlacedRegister[] => {
    const { place } = meter;
    const points = place && profileOf.get(place.device)?.points;
    const point = points?.find(({ key }) => key === place?.point);
    return place && point && meter.removedAt === null ? [placedAt(meter, place, point, points ?? [])] : [];
  });
  return Map.groupBy(placed, ({ device }) => device);
}

function placedAt(
  meter: Meter,
  { device, pulseWeight }: NonNullable<Meter['place']>,
  point: Point,
  points: readonly Point[],
): PlacedRegister {
  const obis = point.obis ?? UTILITIES[meter.utility].obis;
  const frozen = points.flatMap((one) => (one.frozen && one.obis === obis ? [[one.key, one.frozen] as const] : []));
  return {
    ...{ meter, device, point: point.key, unit: point.unit ?? null },
    pulses: pulseWeight === null ? null : { weight: pulseWeight, range: point.range ?? COUNTER_32 },
    // What a counter module keeps is not the meter's.
    frozen: new Map(pulseWeight === null ? frozen : []),
    clock: points.find((one) => one.obis === CLOCK_OBIS)?.key ?? null,
    points,
  };
}
