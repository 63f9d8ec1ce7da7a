/** What a fire alarm asked to open and what answered, as it is answered. */
import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { ReleaseRecord, TargetRecord } from '../../fire/release-records.ts';
import type { ApiDeps } from '../deps.ts';
import { time, value } from '../schema/fields.ts';

const targetSchema = z.object({
  device: z.string(),
  nameZh: z.string().nullable(),
  location: z.string().nullable(),
  action: z.string(),
  value,
  state: z
    .enum(['asked', 'answered', 'failed', 'lost'])
    .describe('answered: it did as it was told, and `seen` shows it; lost: it was open, and is not any more'),
  askedAt: time,
  answeredAt: time.describe('For the last time'),
  afterMs: z.int().nullable().describe('From when it was wanted open to the answer'),
  seen: z
    .array(z.object({ point: z.string(), value, at: time }))
    .describe('What was read back; nothing where nothing shows that it opened'),
  why: z.string().nullable().describe('Why it did not open, in words'),
  command: z.string().nullable().describe('The last command that the journal names: /commands/{id}'),
});

export const releaseSchema = z.object({
  alarm: z.string(),
  occurrenceId: z.string(),
  askedAt: time,
  endedAt: time.describe('When the alarm was normal again: nothing is held open by it from then on; null until then'),
  answered: z.int().describe('So many of the targets'),
  targets: z.array(targetSchema),
});

export type ReleaseView = z.input<typeof releaseSchema>;

export function releaseView(
  deps: Pick<ApiDeps, 'config'>,
  { alarm, occurrenceId, askedAt, endedAt, targets }: ReleaseRecord,
): ReleaseView {
  const answered = targets.filter(({ state }) => state === 'answered').length;
  const items = targets.map((target) => targetView(deps, target));
  return { alarm, occurrenceId, askedAt: iso(askedAt), endedAt: iso(endedAt), answered, targets: items };
}

function targetView({ config }: Pick<ApiDeps, 'config'>, target: TargetRecord) {
  const { devices } = config();
  const { nameZh = null, location = null } = devices.find(({ id }) => id === target.device) ?? {};
  const { askedAt, answeredAt, seen } = target;
  return {
    ...target,
    ...{ nameZh, location, askedAt: iso(askedAt), answeredAt: iso(answeredAt) },
    seen: seen.map(({ at, ...reading }) => ({ ...reading, at: iso(at) })),
  };
}
