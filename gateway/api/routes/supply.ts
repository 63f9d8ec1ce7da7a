import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { SupplyAnswer } from '../../commands/supply.ts';
import type { SupplyRequestRow } from '../../store/rows.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { commandSchema, commandView } from '../resources/command.ts';
import { by, limit, queryTime, time } from '../schema/fields.ts';
import { errors, type Api } from '../schema/zod-routes.ts';

const requestSchema = z.object({
  id: z.string().describe('Also the id of the command that it becomes'),
  device: z.string(),
  action: z.string(),
  by: z.string(),
  note: z.string(),
  at: time,
  expiresAt: time.describe('Not confirmed by then, it never happens'),
  confirmedBy: z.string().nullable(),
  confirmedAt: time,
  withdrawnBy: z.string().nullable(),
  state: z.enum(['waiting', 'confirmed', 'withdrawn', 'expired']).describe('`confirmed`: it is a command'),
});

const tags = ['supply'];
const params = z.strictObject({ id: z.string() });
const UNKNOWN_OR_OVER = ['unknownSupplyRequest', 'supplyRequestOver', 'storeUnavailable'] as const;
const NOT_ALLOWED = ['unknownPerson', 'roleMissing', 'unknownDevice', 'unknownAction', 'supplyNotAllowed', 'notSupply'] as const; // prettier-ignore

export function supplyRoutes(api: Api, deps: ApiDeps): void {
  addRequests(api, deps);
  addAnswers(api, deps);
}

function addRequests(api: Api, deps: ApiDeps): void {
  api.post(
    '/supply-requests',
    {
      schema: {
        tags,
        summary: "Asks for a home's supply to be cut, or given back; a second person confirms it",
        body: z.strictObject({
          device: z.string().max(64),
          action: z.string().max(100),
          note: z.string().max(1_000).describe('Why, and by whose order'),
          by,
        }),
        response: { 202: requestSchema, ...errors(...NOT_ALLOWED, 'supplyNoteRequired', 'storeUnavailable') },
      },
    },
    async ({ body }, reply) => {
      reply.code(202);
      return requestView(valueOf(await deps.supply.ask(body)), deps.clock.now());
    },
  );

  api.get(
    '/supply-requests',
    {
      schema: {
        tags,
        summary: 'Requests, newest first',
        querystring: z.strictObject({ before: queryTime.optional().describe('Exclusive'), limit: limit(1_000, 100) }),
        response: { 200: z.object({ items: z.array(requestSchema) }) },
      },
    },
    ({ query: { before = Number.MAX_SAFE_INTEGER, limit: most } }) => ({
      items: deps.store.supplyRequests.list(before, most).map((row) => requestView(row, deps.clock.now())),
    }),
  );
}

/** What becomes of a request. */
function addAnswers(api: Api, deps: ApiDeps): void {
  api.post(
    '/supply-requests/:id/confirm',
    {
      schema: {
        tags,
        summary: 'Confirms it: it is a command from now on, and /commands/{id} has the result',
        params,
        body: z.strictObject({ by }),
        response: {
          202: commandSchema,
          ...errors(...NOT_ALLOWED, ...UNKNOWN_OR_OVER, 'secondPersonNeeded', 'disabledDevice', 'busy'),
        },
      },
    },
    async ({ params: { id }, body }, reply) => {
      reply.code(202);
      return commandView(valueOf(await deps.supply.confirm(id, body.by)).row);
    },
  );

  api.post(
    '/supply-requests/:id/withdraw',
    {
      schema: {
        tags,
        summary: 'Takes it back before it is confirmed',
        params,
        body: z.strictObject({ by }),
        response: { 200: requestSchema, ...errors('unknownPerson', ...UNKNOWN_OR_OVER) },
      },
    },
    async ({ params: { id }, body }) => requestView(valueOf(await deps.supply.withdraw(id, body.by)), deps.clock.now()),
  );
}

function valueOf<T>(answer: SupplyAnswer<T>): T {
  if (answer.ok) return answer.value;
  throw new ApiError(answer.code, answer.message);
}

function requestView(request: SupplyRequestRow, now: number): z.input<typeof requestSchema> {
  const { at, expiresAt, confirmedAt, ...row } = request;
  return {
    ...{ ...row, at: iso(at), expiresAt: iso(expiresAt), confirmedAt: iso(confirmedAt) },
    state: stateOf(request, now),
  };
}

function stateOf({ confirmedBy, withdrawnBy, expiresAt }: SupplyRequestRow, now: number) {
  if (confirmedBy !== null) return 'confirmed';
  if (withdrawnBy !== null) return 'withdrawn';
  return now < expiresAt ? 'waiting' : 'expired';
}
