import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import { DEFAULT_EXPIRY_MS, MAX_EXPIRY_MS } from '../../commands/accept.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { commandSchema, commandView } from '../resources/command.ts';
import { by, limit, queryTime, time, value } from '../schema/fields.ts';
import { errors, type Api } from '../schema/zod-routes.ts';
import { findDevice } from './find.ts';

const commandBody = z.strictObject({
  commandId: z.string().max(200).optional().describe('Your own: repeating the request with it is harmless'),
  action: z.string().max(100).describe('One of the commands of the device'),
  value: value.optional(),
  expiresInMs: z
    .int()
    .optional()
    .describe(`${DEFAULT_EXPIRY_MS} without it, at most ${MAX_EXPIRY_MS}: what has not left by then never leaves`),
  by,
});

export function submitRoute(api: Api, deps: ApiDeps): void {
  const refusals = errors(
    ...(['unknownDevice', 'conflict', 'disabledDevice', 'unknownAction', 'badValue', 'outOfRange'] as const),
    ...(['needsConfirmation', 'heldOpen', 'badExpiry', 'badId', 'busy', 'storeUnavailable'] as const),
  );
  api.post(
    '/devices/:device/commands',
    {
      schema: {
        tags: ['commands'],
        summary: 'Ask something of a device; 202 is a promise to try, and /commands/{id} has the result',
        params: z.strictObject({ device: z.string() }),
        body: commandBody,
        response: {
          200: commandSchema.describe('The id was given before, with the same request: how that command is now'),
          202: commandSchema.describe('Accepted; not sent yet'),
          ...refusals,
        },
      },
    },
    async ({ params, body: { commandId, ...request } }, reply) => {
      const accepted = await deps.submitCommand({ ...request, id: commandId, device: params.device, via: 'api' });
      // With the nearest name, now that it is counted.
      if (!accepted.ok && accepted.code === 'unknownDevice') findDevice(deps.config(), params.device);
      if (!accepted.ok) throw new ApiError(accepted.code, accepted.message);
      reply.code(accepted.repeated ? 200 : 202);
      reply.header('location', `/api/v1/commands/${accepted.row.id}`);
      return commandView(accepted.row);
    },
  );
}

export function commandRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/commands',
    {
      schema: {
        tags: ['commands'],
        summary: 'Commands, newest first',
        querystring: z.strictObject({
          device: z.string().optional(),
          before: queryTime.optional().describe('Exclusive; accepted before this time'),
          limit: limit(1_000, 100),
        }),
        response: {
          200: z.object({ items: z.array(commandSchema), next: time.describe('The `before` of the following page') }),
        },
      },
    },
    ({ query: { before = Number.MAX_SAFE_INTEGER, ...query } }) => {
      const rows = deps.store.commands.list({ ...query, before });
      const last = rows.length < query.limit ? undefined : rows.at(-1);
      return { items: rows.map(commandView), next: iso(last?.acceptedAt ?? null) };
    },
  );

  api.get(
    '/commands/:id',
    {
      schema: {
        tags: ['commands'],
        summary: 'One command and its result',
        params: z.strictObject({ id: z.string() }),
        response: { 200: commandSchema, ...errors('unknownCommand') },
      },
    },
    ({ params: { id } }) => {
      const row = deps.store.commands.get(id);
      if (!row) throw new ApiError('unknownCommand', `there is no command ${id}`);
      return commandView(row);
    },
  );
}
