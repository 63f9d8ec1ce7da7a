/** Meters, homes and readings as they are answered. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { Home, Meter, MeterReading } from '../../metering/model.ts';
import { time } from '../schema/fields.ts';
import { utilityName } from './billing.ts';

export const meterSchema = z.object({
  meter: z.string().describe('The number on it'),
  home: z.string().nullable().describe('Null for a public area'),
  utility: utilityName,
  unit: z.string(),
  place: z
    .object({ device: z.string(), point: z.string(), pulseWeight: z.string().nullable() })
    .nullable()
    .describe('Null where people read it'),
  multiplier: z.string(),
  digits: z.int(),
  decimals: z.int(),
  installedAt: z.string().describe('Local time, as the others of a meter'),
  initial: z.string(),
  removedAt: z.string().nullable(),
  final: z.string().nullable(),
  replaces: z.string().nullable(),
  location: z.string().nullable(),
});

export const readingSchema = z.object({
  id: z.int(),
  meter: z.string(),
  value: z.string().describe('As the dial shows it: a decimal string, not multiplied'),
  at: time,
  quality: z.enum(['actual', 'frozen', 'manual', 'estimated']),
  standing: z.enum(['good', 'suspect', 'rejected']),
  occasion: z.enum(['moveIn', 'moveOut']).nullable(),
  notes: z.array(z.string()),
});

export const homeSchema = z.object({
  home: z.string(),
  building: z.string(),
  unit: z.string(),
  room: z.string(),
  extension: z.string().nullable(),
});

export function meterView({ number, maxPerHour: _, ...meter }: Meter): z.input<typeof meterSchema> {
  return { ...meter, meter: number };
}

export function readingView(reading: MeterReading): z.input<typeof readingSchema> {
  return { ...reading, notes: [...reading.notes], at: iso(reading.at) };
}

export function homeView({ id, ...home }: Home): z.input<typeof homeSchema> {
  return { ...home, home: id };
}
