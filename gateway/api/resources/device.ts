/** A device as it is answered: what the configuration says, and how it is. */
import { z } from 'zod';
import type { CommandSpec } from '../../../drivers/contract.ts';
import { iso } from '../../broker/messages.ts';
import { deviceStatus } from '../../broker/schemas.ts';
import { addressOf } from '../../config/open-session.ts';
import type { DeviceConfig } from '../../config/schema.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import type { DeviceRow } from '../../store/rows.ts';

export const deviceSchema = z.object({
  id: z.string(),
  nameZh: z.string().nullable(),
  bus: z.string(),
  address: z.string().describe('On its bus: a unit, or what is printed on a meter'),
  profile: z.string(),
  maker: z.string().nullable(),
  model: z.string().nullable(),
  modelZh: z.string().nullable(),
  equipment: z.string().nullable(),
  location: z.string().nullable(),
  enabled: z.boolean(),
  ...deviceStatus.shape,
});

export const commandSpecSchema = z.object({
  action: z.string(),
  nameZh: z.string(),
  supply: z.boolean().describe("It touches a home's supply: asked for at /supply-requests"),
  value: z
    .object({
      type: z.enum(['boolean', 'number', 'enum']),
      min: z.number().optional(),
      max: z.number().optional(),
      values: z.array(z.number()).optional(),
    })
    .nullable()
    .describe('What it takes; null: nothing'),
});

type DeviceView = z.input<typeof deviceSchema>;

export function deviceView(config: SiteConfig, device: DeviceConfig, row: DeviceRow | undefined): DeviceView {
  const { id, bus, enabled } = device;
  const profile = config.profiles.get(device.profile);
  return {
    id,
    nameZh: device.nameZh ?? null,
    bus,
    address: addressOf(device),
    profile: device.profile,
    maker: profile?.maker ?? null,
    model: profile?.model ?? null,
    modelZh: profile?.nameZh ?? null,
    equipment: device.equipment ?? null,
    location: device.location ?? null,
    enabled,
    ...statusOf(device, row),
  };
}

/** What is configured is answered for, though nothing was ever heard of it. */
function statusOf({ enabled }: DeviceConfig, row: DeviceRow | undefined): z.input<typeof deviceStatus> {
  if (row) return { state: row.state, reason: row.reason, since: iso(row.since), lastGood: iso(row.lastGood) };
  return {
    state: enabled ? 'unknown' : 'disabled',
    reason: enabled ? 'not asked yet' : 'switched off in the configuration',
    since: null,
    lastGood: null,
  };
}

export function commandSpecView(spec: CommandSpec): z.input<typeof commandSpecSchema> {
  const { action, nameZh, value } = spec;
  const common = { action, nameZh, supply: spec.supply === true };
  if (value === undefined) return { ...common, value: null };
  return { ...common, value: value.type === 'enum' ? { ...value, values: [...value.values] } : { ...value } };
}
