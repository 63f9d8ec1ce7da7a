/** The figures of the alarm system's performance as they are answered. */
import { z } from 'zod';
import type { Figures } from '../../alarms/performance/figures.ts';

export const figuresSchema = z.object({
  alarms: z.int().describe('How often people were told: raised, announced again, shown again. No drills'),
  perTenMinutes: z.object({ mean: z.number(), max: z.int().describe('In any ten minutes') }),
  inFlood: z.int().describe('Those of `alarms` that came during a flood'),
  floodS: z.number().nullable().describe('Time in flood; null by type and source: a flood is of the whole site'),
  chattering: z.int().describe('Alarms that came 3 times within a minute, or more often'),
  standing: z.int().nullable().describe('Active now, and not hidden; null of a shift'),
  stale: z.int().nullable().describe('Those of them that began more than 24 h ago; null of a shift'),
  acknowledged: z.int().describe('What was announced and has been acknowledged since'),
  unacknowledged: z.int().describe('And what has not. What was shelved, or else hidden, first is in neither'),
  meanToAcknowledgeS: z.number().nullable().describe('Null where none was acknowledged'),
});

/** What figures do not say of themselves. */
export interface Beside {
  readonly floodMs: number | null;
  readonly standing: number | null;
  readonly stale: number | null;
}

export function figuresView(figures: Figures, { floodMs, standing, stale }: Beside): z.input<typeof figuresSchema> {
  const { perTenMinutes, chattering, meanToAcknowledge, ...counts } = figures;
  return {
    ...counts,
    perTenMinutes: { mean: Math.round(perTenMinutes.mean * 100) / 100, max: perTenMinutes.max },
    chattering: chattering.length,
    floodS: inSeconds(floodMs),
    meanToAcknowledgeS: inSeconds(meanToAcknowledge),
    ...{ standing, stale },
  };
}

/** To a tenth. */
function inSeconds(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 100) / 10;
}
