/** Handing over: the sheet as it would be, its two signatures, and the sheet as it was signed, for ever. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { PRINT_POLICY } from '../../../print/document.ts';
import { sheetPage } from '../../../shifts/print/sheet-page.ts';
import { sheetSchema } from '../../../shifts/sheet/schema.ts';
import type { HandoverRow } from '../../../store/shift-rows.ts';
import type { ApiDeps } from '../../deps.ts';
import { ApiError } from '../../errors.ts';
import { handoverSchema, handoverView, shiftSchema, shiftView } from '../../resources/shift.ts';
import { by, whole } from '../../schema/fields.ts';
import { errors, type Api } from '../../schema/zod-routes.ts';
import { persons, valueOf } from './shifts.ts';

const tags = ['shifts'];
/** A page of paper, or the very bytes that were signed: no schema says more of them. */
const bytes = z.unknown().meta({ type: 'string' });
const params = z.strictObject({ handover: whole(z.int().min(1)) });
const remark = z.string().trim().min(1).max(2_000).nullable().default(null);
const answering = z.strictObject({ by, sha256: z.string().max(64).describe('Of the sheet as you see it'), remark });
const PERSONS = ['nobodyOnDuty', 'unknownPerson', 'storeUnavailable'] as const;
const ANSWERS = [...PERSONS, 'notHandedOver', 'samePerson', 'notIncoming', 'stale'] as const;

export function handoverRoutes(api: Api, deps: ApiDeps): void {
  draftRoutes(api, deps);
  signRoute(api, deps);
  answerRoutes(api, deps);
  keptRoutes(api, deps);
}

function draftRoutes(api: Api, { shifts }: ApiDeps): void {
  const response = errors('nobodyOnDuty', 'storeUnavailable');
  api.get(
    '/shifts/current/sheet',
    { schema: { tags, summary: 'The handover sheet as it is now', response: { 200: sheetSchema, ...response } } },
    async () => valueOf(await shifts.draft()),
  );
  api.get(
    '/shifts/current/sheet.html',
    {
      schema: {
        tags,
        summary: 'The same, to be printed',
        produces: ['text/html'],
        response: { 200: bytes, ...response },
      },
    },
    async (_, reply) => asPage(reply, sheetPage(valueOf(await shifts.draft()), null)),
  );
}

function signRoute(api: Api, { shifts }: ApiDeps): void {
  api.post(
    '/shifts/current/handover',
    {
      schema: {
        tags,
        summary: 'Hand over: the sheet as it is now is kept, with the first signature',
        body: z.strictObject({ by, incoming: persons.describe('Who comes on duty') }),
        response: { 200: handoverSchema, ...errors(...PERSONS, 'notOnDuty', 'samePerson', 'stale') },
      },
    },
    async ({ body }) => handoverView(valueOf(await shifts.sign(body))),
  );
}

function answerRoutes(api: Api, { shifts, config }: ApiDeps): void {
  api.post(
    '/shifts/current/handover/accept',
    {
      schema: {
        tags,
        summary: 'Take over: the second signature. You are on duty from now on',
        body: answering,
        response: { 200: shiftSchema, ...errors(...ANSWERS) },
      },
    },
    async ({ body }) => shiftView(config(), valueOf(await shifts.accept(body))),
  );
  api.post(
    '/shifts/current/handover/object',
    {
      schema: {
        tags,
        summary: 'Object to the sheet; `remark` says why. Whoever was on duty stays so',
        body: answering,
        response: { 200: handoverSchema, ...errors(...ANSWERS, 'noteRequired') },
      },
    },
    async ({ body }) => handoverView(valueOf(await shifts.object(body))),
  );
}

function keptRoutes(api: Api, deps: ApiDeps): void {
  const response = { 200: bytes, ...errors('unknownHandover') };
  api.get(
    '/handovers/:handover',
    {
      schema: {
        tags,
        summary: 'One handover and its signatures',
        params,
        response: { 200: handoverSchema, ...errors('unknownHandover') },
      },
    },
    ({ params: { handover } }) => handoverView(findHandover(deps, handover).row),
  );
  api.get(
    '/handovers/:handover/sheet',
    {
      schema: {
        tags,
        summary: 'The sheet byte for byte as it was signed',
        params,
        produces: ['application/json'],
        response,
      },
    },
    ({ params: { handover } }, reply) => {
      const { row, text } = findHandover(deps, handover);
      return reply.type('application/json; charset=utf-8').header('etag', `"${row.sha256}"`).send(Buffer.from(text));
    },
  );
  api.get(
    '/handovers/:handover/sheet.html',
    {
      schema: {
        tags,
        summary: 'The same with its signatures, to be printed',
        params,
        produces: ['text/html'],
        response,
      },
    },
    ({ params: { handover } }, reply) => {
      const { row, text } = findHandover(deps, handover);
      return asPage(reply, sheetPage(sheetSchema.parse(JSON.parse(text)), row));
    },
  );
}

function findHandover({ store }: ApiDeps, id: number): { readonly row: HandoverRow; readonly text: string } {
  const row = store.handovers.get(id);
  const text = store.handovers.sheet(id);
  if (!row || text === undefined) throw new ApiError('unknownHandover', `there is no handover ${id}`);
  return { row, text };
}

function asPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.type('text/html; charset=utf-8').header('content-security-policy', PRINT_POLICY).send(page);
}
