import { z } from 'zod';
import { PRINT_POLICY } from '../../print/document.ts';
import { composeReport } from '../../records/compose.ts';
import type { IncidentReport } from '../../records/incident-report.ts';
import { reportPage } from '../../records/report-page.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { reportSchema, reportView } from '../resources/incident-report.ts';
import { errors, type Api } from '../schema/zod-routes.ts';

/** Sent as it is: no schema says more of it. */
const document = z.unknown().meta({ type: 'string' });
const params = z.strictObject({ occurrenceId: z.string() });

export function reportRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/alarms/occurrences/:occurrenceId/report',
    {
      schema: {
        tags: ['alarms'],
        summary: 'The report of one occurrence: what happened, who did what, and what else was the matter',
        params,
        response: { 200: reportSchema, ...errors('unknownOccurrence') },
      },
    },
    async ({ params: { occurrenceId } }) => reportView(await reportOn(deps, occurrenceId)),
  );

  api.get(
    '/alarms/occurrences/:occurrenceId/report.html',
    {
      schema: {
        tags: ['alarms'],
        summary: 'The same, to be printed',
        produces: ['text/html'],
        params,
        response: { 200: document, ...errors('unknownOccurrence') },
      },
    },
    async ({ params: { occurrenceId } }, reply) => {
      const page = reportPage(await reportOn(deps, occurrenceId));
      return reply.type('text/html; charset=utf-8').header('content-security-policy', PRINT_POLICY).send(page);
    },
  );
}

async function reportOn({ store, config, version, clock }: ApiDeps, occurrenceId: string): Promise<IncidentReport> {
  const row = store.occurrences.get(occurrenceId);
  if (!row) throw new ApiError('unknownOccurrence');
  return await composeReport({ store, config: config(), version, now: clock.now() }, row);
}
