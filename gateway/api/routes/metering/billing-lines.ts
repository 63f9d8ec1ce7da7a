import { Readable } from 'node:stream';
import { z } from 'zod';
import { CONTENT_TYPES, EXPORT_KINDS, fileNameOf } from '../../../metering/billing/export/ask.ts';
import { lineTold } from '../../../metering/billing/line-told.ts';
import type { BillLine } from '../../../metering/rules/line.ts';
import type { ApiDeps } from '../../deps.ts';
import { ApiError } from '../../errors.ts';
import { limit, whole } from '../../schema/fields.ts';
import { errors, type Api } from '../../schema/zod-routes.ts';
import { findRun, runParams } from './billing-runs.ts';

/** A line of a bill is what docs/billing.md explains; its shape is that of metering/rules/line.ts. */
const line = z.looseObject({
  chain: z.string(),
  home: z.string().nullable(),
  meters: z.array(z.string()),
  consumption: z.string().nullable().describe('Null where nothing can be billed: never 0 instead'),
});

/** Bytes as they are: no schema says more of them. */
const stream = z.unknown().meta({ type: 'string', format: 'binary' });

/** Read at once; the event loop serves others between two of them. */
const PAGE = 250;

export function billingLineRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/billing/runs/:run/lines',
    {
      schema: {
        tags: ['billing'],
        summary: 'The lines of a run, page by page',
        params: runParams,
        querystring: z.strictObject({
          after: whole(z.int().min(-1).default(-1)).describe('Exclusive; the `n` of a line'),
          limit: limit(1_000, 100),
        }),
        response: {
          200: z.object({
            total: z.int(),
            items: z.array(z.object({ n: z.int(), line })),
            next: z.int().nullable().describe('The `after` of the following page'),
          }),
          ...errors('unknownRun'),
        },
      },
    },
    ({ params, query }) => {
      findRun(deps, params.run);
      const { billing } = deps.store;
      const rows = billing.lines(params.run, query.after, query.limit);
      const next = rows.length < query.limit ? null : (rows.at(-1)?.n ?? null);
      const items = rows.map((row) => ({ n: row.n, line: lineTold(row.line as BillLine) }));
      return { total: billing.countLines(params.run), items, next };
    },
  );

  api.get(
    '/billing/runs/:run/lines.ndjson',
    {
      exposeHeadRoute: false,
      schema: {
        tags: ['billing'],
        summary: 'All lines of a run as they are now, a JSON object each, as a stream',
        params: runParams,
        produces: ['application/x-ndjson'],
        response: { 200: stream, ...errors('unknownRun') },
      },
    },
    ({ params }, reply) => {
      findRun(deps, params.run);
      return reply.type(CONTENT_TYPES.ndjson).send(Readable.from(linesOf(deps, params.run)));
    },
  );
}

async function* linesOf({ store }: ApiDeps, run: string): AsyncGenerator<string> {
  for (let after = -1; ;) {
    const rows = store.billing.lines(run, after, PAGE);
    if (rows.length > 0) yield rows.map((row) => `${JSON.stringify(lineTold(row.line as BillLine))}\n`).join('');
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.n;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

export function billingFileRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/billing/runs/:run/files/:kind',
    {
      schema: {
        tags: ['billing'],
        summary: 'A file of a closed run: the same bytes for ever',
        params: runParams.extend({ kind: z.enum(EXPORT_KINDS) }),
        produces: Object.values(CONTENT_TYPES),
        response: { 200: stream, ...errors('unknownRun', 'notOnFile') },
      },
    },
    ({ params: { run, kind } }, reply) => {
      findRun(deps, run);
      const file = fileNameOf({ id: run }, kind);
      const kept = deps.store.billing.exported(run, file);
      if (!kept) throw new ApiError('notOnFile', `${run} has no ${file}: close it, and export it`);
      reply.header('content-disposition', `attachment; filename="${file}"`).header('etag', `"${kept.sha256}"`);
      return reply.type(CONTENT_TYPES[kind]).send(Buffer.from(kept.bytes));
    },
  );
}
