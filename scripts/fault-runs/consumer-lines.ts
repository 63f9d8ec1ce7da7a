/** What the reference consumer has said, line by line. Pure. */
import { z } from 'zod';

const held = z.object({ alarm: z.string(), letter: z.string(), rev: z.number() });
const mirror = z.object({
  kind: z.literal('mirror'),
  epoch: z.number().nullable(),
  seq: z.number(),
  distrust: z.string().nullable(),
  nonNormal: z.number(),
  stateHash: z.string(),
  alarms: z.array(held.extend({ state: z.record(z.string(), z.unknown()).nullable() })),
});
const line = z.discriminatedUnion('kind', [
  mirror,
  z.object({ kind: z.literal('trust'), distrust: z.string().nullable(), seq: z.number() }),
  z.object({
    kind: z.literal('happened'),
    event: z.object({ seq: z.number(), data: z.record(z.string(), z.unknown()) }),
  }),
  z.object({ kind: z.literal('stands'), alarms: z.array(held) }),
  z.object({ kind: z.literal('connection'), up: z.boolean() }),
]);

export type ConsumerLine = z.infer<typeof line>;
export type Mirror = z.infer<typeof mirror>;

/** Every whole line; a kill may cut the last one off. */
export function consumerLines(said: string): ConsumerLine[] {
  const whole = said.slice(0, said.lastIndexOf('\n') + 1).split('\n');
  return whole.filter((text) => text.startsWith('{')).map((text) => line.parse(JSON.parse(text)));
}

/** Why it does not trust what it holds, by its last whole word about that; null if it does, undefined where it has said nothing. */
export function lastDistrust(said: string): string | null | undefined {
  const whole = said.slice(0, said.lastIndexOf('\n') + 1);
  const from = whole.lastIndexOf('{"kind":"trust"');
  if (from < 0) return undefined;
  const last = line.parse(JSON.parse(whole.slice(from, whole.indexOf('\n', from))));
  return last.kind === 'trust' ? last.distrust : undefined;
}
