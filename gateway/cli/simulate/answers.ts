/** What the simulators' control port answers, as far as it is shown here. */
import { z } from 'zod';

export const scenariosAnswer = z.object({
  scenarios: z.array(z.object({ name: z.string(), about: z.string(), durationMs: z.number(), playing: z.boolean() })),
});

export const lineAnswer = z.object({
  id: z.string(),
  type: z.string(),
  path: z.string().optional(),
  host: z.string().optional(),
  port: z.number().optional(),
});

const deviceAnswer = z.object({ id: z.string(), unit: z.number().optional(), address: z.string().optional() });

export const stateAnswer = z.object({
  lines: z.array(lineAnswer.extend({ plugged: z.boolean(), devices: z.array(deviceAnswer) })),
});

/** The meters of simulated homes. `initial`: what each showed when it was installed. */
export const metersAnswer = z.object({
  meters: z.array(
    z.object({
      id: z.string(),
      home: z.string().nullable(),
      utility: z.string(),
      protocol: z.string(),
      address: z.string(),
      unit: z.string(),
      digits: z.number(),
      decimals: z.number(),
      initial: z.string(),
      installedAt: z.string(),
      line: z.string(),
    }),
  ),
});

export const playAnswer = z.object({ name: z.string(), durationMs: z.number() });
export const cableAnswer = z.object({ id: z.string(), plugged: z.boolean() });

/** The line that the simulators print when they are ready. */
export const readyAnswer = z.object({ ready: z.literal(true), control: z.string(), lines: z.array(lineAnswer) });

/** Where a master finds a line. */
export function placeOf({ path, host, port }: z.infer<typeof lineAnswer>): string {
  return path ?? `${host ?? '?'}:${port ?? '?'}`;
}
