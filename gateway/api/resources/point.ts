/** A point as it is answered: its current value as on MQTT, and its names. */
import { z } from 'zod';
import type { Point, Value } from '../../../drivers/contract.ts';
import { iso } from '../../broker/messages.ts';
import { pointValue } from '../../broker/schemas.ts';
import type { DeviceConfig } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { PointRow } from '../../store/rows.ts';
import type { Store } from '../../store/store.ts';

export const pointSchema = pointValue.extend({
  device: z.string(),
  point: z.string(),
  nameZh: z.string(),
  label: z.string().nullable().describe('What the value of an enumeration means'),
});

export type PointView = z.input<typeof pointSchema>;

/** Every point that has values, heard of yet or not, in the order of the profile. */
export function pointsOf({ points: stored }: Store, config: SiteConfig, device: DeviceConfig): PointView[] {
  const rows = new Map(stored.list(device.id).map((row) => [row.point, row]));
  return pointsOfProfile(config, device).map((point) => pointView(device.id, point, rows.get(point.key)));
}

/** Those that are read. What is only written is what a command drives, and never has a value. */
export function pointsOfProfile({ profiles }: SiteConfig, { profile }: DeviceConfig): readonly Point[] {
  return profiles.get(profile)?.points.filter(({ access }) => access !== 'w') ?? [];
}

/** A point that was not read yet has a row too: no value, and why. */
export function pointView(device: string, point: Point, row: PointRow | undefined): PointView {
  const names = { device, point: point.key, nameZh: point.nameZh };
  if (!row) {
    const never = { value: null, quality: 'bad', reason: 'no value yet', at: null } as const;
    return { ...names, ...never, unit: point.unit ?? null, label: null };
  }
  const { value, unit, quality, reason, at } = row;
  return { ...names, value, unit, quality, reason: reason ?? undefined, at: iso(at), label: labelOf(point, value) };
}

function labelOf(point: Point, value: Value): string | null {
  if (!point.enum || value === null) return null;
  // A known value is its name already; a number is one that the profile has no name for.
  return typeof value === 'string' ? value : (point.enum[String(value)] ?? null);
}
