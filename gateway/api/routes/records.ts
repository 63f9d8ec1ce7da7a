import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { limit, time, whole } from '../schema/fields.ts';
import type { Api } from '../schema/zod-routes.ts';

const auditPage = z.object({
  items: z.array(
    z.object({
      n: z.int(),
      at: time,
      who: z.string(),
      what: z.string(),
      detail: z.record(z.string(), z.unknown()),
      hash: z.string().describe('Covers this row and the hash before it'),
    }),
  ),
  next: z.int().nullable().describe('The `before` of the following page; null: that was all'),
  chain: z
    .object({ holds: z.boolean(), firstBroken: z.int().nullable().describe('The first row that does not follow') })
    .nullable()
    .describe('Null where it was not asked for'),
});

export function auditRoute(api: Api, { store }: ApiDeps): void {
  api.get(
    '/audit',
    {
      schema: {
        tags: ['records'],
        summary: 'Who did what, newest first',
        querystring: z.strictObject({
          before: whole(z.int().min(1).optional()).describe('Exclusive; the `n` of a row'),
          limit: limit(500, 100),
          verify: z.stringbool().default(false).describe('Checks the whole chain of hashes; reads every row'),
        }),
        response: { 200: auditPage },
      },
    },
    ({ query: { before = Number.MAX_SAFE_INTEGER, limit: most, verify } }) => {
      const rows = store.audit.list(before, most);
      const firstBroken = verify ? store.audit.firstBroken() : null;
      return {
        items: rows.map((row) => ({ ...row, at: iso(row.at) })),
        next: rows.length < most ? null : (rows.at(-1)?.n ?? null),
        chain: verify ? { holds: firstBroken === null, firstBroken } : null,
      };
    },
  );
}

export function gapRoute(api: Api, { store }: ApiDeps): void {
  const gap = z.object({ from: time, to: time, readings: z.int().describe('How many were lost'), reason: z.string() });
  api.get(
    '/gaps',
    {
      schema: {
        tags: ['records'],
        summary: 'When readings could not be kept, newest first',
        querystring: z.strictObject({ limit: limit(1_000, 100) }),
        response: { 200: z.object({ items: z.array(gap) }) },
      },
    },
    ({ query }) => ({
      items: store.gaps.list(query.limit).map((row) => ({ ...row, from: iso(row.from), to: iso(row.to) })),
    }),
  );
}
