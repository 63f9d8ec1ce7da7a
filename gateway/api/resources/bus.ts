/** A bus as it is answered: what the configuration says, how it runs, and whether it can keep its schedule. */
import { z } from 'zod';
import { POLL_CLASSES } from '../../../drivers/poll-classes.ts';
import type { BusBudget } from '../../config/budget.ts';
import type { BusConfig } from '../../config/schema.ts';
import type { BusStatistics } from '../../statistics.ts';

export const placeSchema = z.union([z.object({ path: z.string() }), z.object({ host: z.string(), port: z.int() })]);

export const busSchema = z.object({
  id: z.string(),
  nameZh: z.string().nullable(),
  type: z.enum(['serial', 'tcp-serial', 'modbus-tcp']),
  address: z.string().describe('For people: port, rate and format, or host and TCP port'),
  place: placeSchema.describe('For programs: the serial port, or the host and TCP port'),
  state: z.enum(['open', 'connecting', 'closed']),
  reason: z.string().nullable().describe('Why it is not open, in words'),
  hint: z.string().nullable().describe('What its figures suggest, such as an adapter that echoes'),
  utilisation: z.number().nullable().describe('Share of the last minute in which the line was busy'),
  budget: z.number().nullable().describe('Share of the line that its schedule takes while every device answers'),
  devices: z.int().describe('How many hang on it'),
});

export const budgetSchema = z.object({
  utilisation: z.number(),
  exchangesPerSecond: z.number(),
  longestExchangeMs: z.number().describe('What an alarm poll may find in its way'),
  loads: z
    .array(
      z.object({
        device: z.string(),
        poll: z.enum(POLL_CLASSES),
        periodMs: z.number(),
        exchanges: z.int(),
        wireMs: z.number(),
        utilisation: z.number(),
      }),
    )
    .describe('Largest first'),
});

interface Running {
  readonly statistics: BusStatistics | undefined;
  readonly budget: BusBudget | undefined;
  readonly devices: number;
}

export function busView(config: BusConfig, { statistics, budget, devices }: Running): z.input<typeof busSchema> {
  return {
    id: config.id,
    nameZh: config.nameZh ?? null,
    type: config.type,
    address: addressOf(config),
    place: config.type === 'serial' ? { path: config.path } : { host: config.host, port: config.port },
    state: statistics?.state ?? 'closed',
    reason: statistics ? statistics.reason : 'it has not been started',
    hint: statistics?.hint ?? null,
    utilisation: statistics?.utilisation ?? null,
    budget: budget?.utilisation ?? null,
    devices,
  };
}

export function budgetView(budget: BusBudget): z.input<typeof budgetSchema> {
  const { utilisation, exchangesPerSecond, longestExchangeMs, loads } = budget;
  return { utilisation, exchangesPerSecond, longestExchangeMs, loads: loads.map((load) => ({ ...load })) };
}

function addressOf(config: BusConfig): string {
  switch (config.type) {
    case 'serial':
      return `${config.path} ${config.baud} ${config.format}`;
    case 'tcp-serial':
      return `${config.host}:${config.port}, ${config.baud} ${config.format} behind it`;
    case 'modbus-tcp':
      return `${config.host}:${config.port}`;
  }
}
