import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import { DOMAIN, LOOKED_AT, readJournal } from '../../fire/release-journal.ts';
import { releaseRecords, type ReleaseRecord, type TargetRecord } from '../../fire/release-records.ts';
import type { ApiDeps } from '../deps.ts';
import { limit, seq, time, value, whole } from '../schema/fields.ts';
import type { Api } from '../schema/zod-routes.ts';

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

const releaseSchema = z.object({
  alarm: z.string(),
  occurrenceId: z.string(),
  askedAt: time,
  endedAt: time.describe('When the alarm was normal again: nothing is held open by it from then on; null until then'),
  answered: z.int().describe('So many of the targets'),
  targets: z.array(targetSchema),
});

export function fireReleaseRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/fire-releases',
    {
      schema: {
        tags: ['alarms'],
        summary: 'What fire alarms asked to open, and what answered; newest first',
        querystring: z.strictObject({
          before: whole(seq).optional().describe('Exclusive; `next` of the page before'),
          limit: limit(100, 10),
        }),
        response: {
          200: z.object({ items: z.array(releaseSchema), next: seq.nullable().describe('`before` of the next page') }),
        },
      },
    },
    ({ query: { before = Number.MAX_SAFE_INTEGER, limit: most } }) => {
      const journal = readJournal(deps.store.events.list({ domain: DOMAIN, limit: LOOKED_AT }));
      const records = releaseRecords(journal).filter((record) => record.seq < before);
      const page = records.slice(0, most);
      const next = records.length > most ? (page.at(-1)?.seq ?? null) : null;
      return { items: page.map((record) => releaseView(deps, record)), next };
    },
  );
}

function releaseView(deps: ApiDeps, { alarm, occurrenceId, askedAt, endedAt, targets }: ReleaseRecord) {
  const answered = targets.filter(({ state }) => state === 'answered').length;
  const items = targets.map((target) => targetView(deps, target));
  return { alarm, occurrenceId, askedAt: iso(askedAt), endedAt: iso(endedAt), answered, targets: items };
}

function targetView({ config }: ApiDeps, target: TargetRecord) {
  const { devices } = config();
  const { nameZh = null, location = null } = devices.find(({ id }) => id === target.device) ?? {};
  const { askedAt, answeredAt, seen } = target;
  return {
    ...target,
    ...{ nameZh, location, askedAt: iso(askedAt), answeredAt: iso(answeredAt) },
    seen: seen.map(({ at, ...reading }) => ({ ...reading, at: iso(at) })),
  };
}
