import { z } from 'zod';
import { DOMAIN, LOOKED_AT, readJournal } from '../../fire/release-journal.ts';
import { releaseRecords } from '../../fire/release-records.ts';
import type { ApiDeps } from '../deps.ts';
import { releaseSchema, releaseView } from '../resources/fire-release.ts';
import { limit, seq, whole } from '../schema/fields.ts';
import type { Api } from '../schema/zod-routes.ts';

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
