import { z } from 'zod';
import type { Outcome } from '../../../metering/billing/ledger.ts';
import type { ApiDeps } from '../../deps.ts';
import type { ErrorCode } from '../../errors.ts';
import { fullRunSchema, fullRunView } from '../../resources/billing.ts';
import { by } from '../../schema/fields.ts';
import { errors, type Api } from '../../schema/zod-routes.ts';
import { runOf } from './answers.ts';
import { runParams } from './billing-runs.ts';

const note = z.string().max(500).describe('Why');
const signed = z.strictObject({ by });
const lookedAt = z.int().min(1).describe('The draft that was looked at');
/** In hex; some tools print it in capitals. */
const sha256 = z.string().trim().toLowerCase().max(64);
const chain = z.string().max(100).describe('Of the line: the number of its oldest meter');

interface StepRoute<B extends z.ZodType> {
  readonly verb: string;
  readonly summary: string;
  readonly body: B;
  readonly refusals: readonly ErrorCode[];
  readonly take: (run: string, body: z.output<B>) => Promise<Outcome>;
}

type Add = <B extends z.ZodType>(route: StepRoute<B>) => void;

export function billingStepRoutes(api: Api, deps: ApiDeps): void {
  const add: Add = (route) => stepRoute(api, deps, route);
  whileOpen(add, deps.billing);
  onceClosed(add, deps.billing);
}

function whileOpen(add: Add, billing: ApiDeps['billing']): void {
  add({
    ...{ verb: 'draft', summary: 'Draft a run again, or a revision for the first time', body: signed },
    refusals: ['alreadyClosed', 'nothingToBill', 'noSuccessor', 'drafting'],
    take: (id, body) => billing.draft({ id, ...body }),
  });
  add({
    ...{ verb: 'check', summary: 'Look at what is found in the draft', body: signed },
    refusals: ['notDrafted', 'alreadyClosed'],
    take: (id, body) => billing.check({ id, ...body }),
  });
  add({
    ...{ verb: 'accept', summary: 'Accept findings, with a note' },
    body: signed.extend({ keys: z.array(z.string().max(200)).min(1).max(1_000), note, draft: lookedAt.optional() }),
    refusals: [
      ...(['notDrafted', 'notChecked', 'stale', 'noSuchFinding', 'notAcceptable', 'noteRequired'] as const),
      'alreadyClosed',
    ],
    take: (id, body) => billing.accept({ id, ...body }),
  });
  add({
    ...{ verb: 'close', summary: 'Close it: from then on it never changes' },
    body: signed.extend({ draft: lookedAt }),
    refusals: [
      ...(['notDrafted', 'notChecked', 'stale', 'notOver', 'blocked', 'alreadyBilled', 'laterClosed'] as const),
      ...(['lineReplaced', 'outdated', 'alreadyClosed'] as const),
    ],
    take: (id, body) => billing.close({ id, ...body }),
  });
  add({
    ...{ verb: 'discard', summary: 'Take the draft of an open run away: it was not meant' },
    body: signed.extend({ note }),
    refusals: ['noteRequired', 'alreadyClosed'],
    take: (id, body) => billing.discard({ id, ...body }),
  });
}

function onceClosed(add: Add, billing: ApiDeps['billing']): void {
  add({
    ...{ verb: 'revise', summary: 'Open a revision that corrects lines of a closed run' },
    body: signed.extend({
      corrections: z
        .array(z.strictObject({ chain, why: note }))
        .min(1)
        .max(200),
    }),
    refusals: ['stillOpen', 'noteRequired', 'noSuchLine', 'lineReplaced'],
    take: (id, body) => billing.revise({ id, ...body }),
  });
  add({
    ...{ verb: 'export', summary: 'Render its files, once and for ever', body: signed },
    refusals: ['notClosed'],
    take: (id, body) => billing.export({ id, ...body }),
  });
  add({
    ...{ verb: 'acknowledge', summary: 'The billing system has taken it over' },
    body: signed.extend({ manifest: sha256.describe('SHA-256 of the manifest that it has') }),
    refusals: ['notClosed', 'notExported', 'otherManifest'],
    take: (id, body) => billing.acknowledge({ id, ...body }),
  });
}

function stepRoute<B extends z.ZodType>(
  api: Api,
  deps: ApiDeps,
  { verb, summary, body, refusals, take }: StepRoute<B>,
): void {
  api.post(
    `/billing/runs/:run/${verb}`,
    {
      schema: {
        ...{ tags: ['billing'], summary, params: runParams, body },
        response: { 200: fullRunSchema, ...errors('unknownRun', ...refusals, 'storeUnavailable') },
      },
    },
    async (request) => {
      const { run } = request.params;
      return fullRunView(runOf(await take(run, request.body as z.output<B>)), deps);
    },
  );
}
