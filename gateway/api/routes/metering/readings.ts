import { z } from 'zod';
import { move } from '../../../metering/desk/move.ts';
import type { ReadingOutcome } from '../../../metering/desk/desk.ts';
import type { ApiDeps } from '../../deps.ts';
import { readingSchema, readingView } from '../../resources/meter.ts';
import { by, limit, queryTime, whole } from '../../schema/fields.ts';
import { errors, type Api } from '../../schema/zod-routes.ts';
import { refusalError } from './answers.ts';
import { findMeter, homeParams, meterParams } from './meters.ts';

const note = z.string().trim().max(500);
const required = note.min(1).describe('Why: it is kept with the reading, and may stand on the bill');
const optional = note.default('');
const value = z.string().max(40).describe('As the dial shows it, as text: 123.45');
const confirmed = z.boolean().default(false).describe('It is right although it does not fit those around it');
const occasion = z.enum(['moveIn', 'moveOut']);

export function suspectRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/suspects',
    {
      schema: {
        tags: ['metering'],
        summary: 'Readings in doubt: held from billing until somebody settles them',
        querystring: z.strictObject({
          after: whole(z.int().min(0).default(0)).describe('Exclusive; the `id` of a reading'),
          meter: z.string().optional(),
          limit: limit(1_000, 100),
        }),
        response: {
          200: z.object({ items: z.array(readingSchema), next: z.int().nullable() }),
          ...errors('unknownMeter'),
        },
      },
    },
    ({ query: { after, meter, limit: most } }) => {
      const rows = deps.store.meterReadings.suspects(after, most, meter);
      // One that has left the tables may still have some; of any other number "none in doubt" would be a wrong answer.
      if (meter !== undefined && rows.length === 0 && after === 0) findMeter(deps, meter);
      const next = rows.length < most ? null : (rows.at(-1)?.id ?? null);
      return { items: rows.map(readingView), next };
    },
  );

  settleRoutes(api, deps);
}

function settleRoutes(api: Api, deps: ApiDeps): void {
  api.post(
    '/readings/:id/settle',
    {
      schema: {
        tags: ['metering'],
        summary: 'Settle a reading in doubt',
        params: z.strictObject({ id: whole(z.int().min(1)) }),
        body: z.strictObject({
          decision: z
            .enum(['accept', 'reject', 'replace', 'estimate'])
            .describe('replace: by `value`, what the dial showed; estimate: by `value`, or by the usual use'),
          value: value.optional(),
          confirmed,
          by,
          note: required,
        }),
        response: {
          200: readingSchema,
          ...errors('unknownReading', 'unknownMeter', 'alreadySettled', 'badReading', 'implausible', 'noEstimate'),
          ...errors('storeUnavailable'),
        },
      },
    },
    async ({ params, body }) => readingOf(await deps.desk.settle({ id: params.id, ...body })),
  );

  api.post(
    '/meters/:meter/settle',
    {
      schema: {
        tags: ['metering'],
        summary: 'Accept or reject all readings of a meter that are in doubt',
        params: meterParams,
        body: z.strictObject({ decision: z.enum(['accept', 'reject']), by, note: required }),
        response: { 200: z.object({ settled: z.int() }), ...errors('unknownMeter', 'storeUnavailable') },
      },
    },
    async ({ params, body: { decision, ...signed } }) => {
      const settled = await deps.desk.settleAll(params.meter, decision, signed);
      if (typeof settled !== 'number') throw refusalError(settled.refusal);
      return { settled };
    },
  );
}

export function readingRoutes(api: Api, deps: ApiDeps): void {
  api.post(
    '/meters/:meter/readings',
    {
      schema: {
        tags: ['metering'],
        summary: 'Enter what a person has read, or estimates',
        params: meterParams,
        body: z.strictObject({
          value,
          at: queryTime.optional().describe('When it showed that; now without it'),
          quality: z.enum(['manual', 'estimated']).default('manual'),
          occasion: occasion.nullable().default(null),
          confirmed,
          by,
          note: optional,
        }),
        response: { 200: readingSchema, ...errors('unknownMeter', 'badReading', 'implausible', 'storeUnavailable') },
      },
    },
    async ({ params, body }) => {
      findMeter(deps, params.meter);
      return readingOf(await deps.desk.enter({ meter: params.meter, ...body }));
    },
  );

  api.post(
    '/meters/:meter/read',
    {
      schema: {
        tags: ['metering'],
        summary: 'Ask a meter now; answers when it has answered, or after half a minute',
        params: meterParams,
        body: z.strictObject({ by }),
        response: { 200: readingSchema, ...errors('unknownMeter', 'notRead', 'noAnswer', 'storeUnavailable') },
      },
    },
    async ({ params, body }) => {
      findMeter(deps, params.meter);
      return readingOf(await deps.desk.read(params.meter, body.by));
    },
  );
}

const movedMeter = z.object({
  meter: z.string(),
  reading: readingSchema.nullable(),
  trouble: z
    .object({ code: z.string(), zh: z.string(), en: z.string() })
    .nullable()
    .describe('Why there is none: read it on the spot and enter it with the occasion'),
});

export function moveRoute(api: Api, deps: ApiDeps): void {
  api.post(
    '/homes/:home/move',
    {
      schema: {
        tags: ['metering'],
        summary: 'People move in or out: all meters of the home are read now',
        params: homeParams,
        body: z.strictObject({
          occasion,
          values: z.record(z.string().max(100), value).default({}).describe('What was read by hand, by meter'),
          by,
          note: optional,
        }),
        response: {
          200: z.object({ home: z.string(), meters: z.array(movedMeter) }),
          ...errors('unknownHome', 'unknownMeter', 'storeUnavailable'),
        },
      },
    },
    async ({ params: { home }, body }) => {
      const moved = await move(deps.desk, deps.config(), { home, ...body });
      if (!moved.ok) throw refusalError(moved.refusal);
      const meters = moved.meters.map(({ meter, reading, refusal }) => {
        return { meter, reading: reading && readingView(reading), trouble: refusal };
      });
      return { home, meters };
    },
  );
}

function readingOf(outcome: ReadingOutcome): z.input<typeof readingSchema> {
  if (!outcome.ok) throw refusalError(outcome.refusal);
  return readingView(outcome.reading);
}
