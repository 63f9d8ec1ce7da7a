/** The OpenAPI document: generated from the schemas that the code checks and answers with. */
import swagger from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { z } from 'zod';
import { toJsonSchema } from './json-schema.ts';
import type { Api } from './zod-routes.ts';

const TAGS = [
  { name: 'site', description: 'The community and the gateway itself' },
  { name: 'field', description: 'Buses, devices and their points' },
  { name: 'feed', description: 'What happened' },
  { name: 'alarms', description: 'What a person must deal with' },
  { name: 'shifts', description: 'Who is on duty, what they note, and how they hand over' },
  { name: 'commands', description: 'What is asked of devices' },
  { name: 'supply', description: "Cutting a home's supply and giving it back: two people stand behind each" },
  { name: 'metering', description: 'Meters, homes and what registers showed' },
  { name: 'billing', description: 'Billing runs, from draft to acknowledgement' },
  { name: 'records', description: 'Who did what, and what is missing' },
];

/** Registers the generator; before the routes. */
export function describeApi(app: Api, version: string): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Gatehouse 门房',
        version,
        description: 'Times are ISO 8601 in UTC. Errors have one shape. Unknown query and body keys are refused.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: TAGS,
    },
    convertConstToEnum: false,
    transform: ({ schema, url }) => ({ schema: asJson(schema), url }),
  });
}

function asJson({ params, querystring, body, response, ...rest }: FastifySchema): FastifySchema {
  const inputs = converted({ params, querystring, body }, 'input');
  return { ...rest, ...inputs, ...(response !== undefined && { response: converted(response as object, 'output') }) };
}

function converted(parts: object, io: 'input' | 'output'): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(parts).map(([name, part]: [string, unknown]) => [
      name,
      part instanceof z.ZodType ? toJsonSchema(part, io) : part,
    ]),
  );
}

export function openapiRoute(api: Api): void {
  api.get(
    '/openapi.json',
    { schema: { tags: ['site'], summary: 'This document', response: { 200: z.looseObject({ openapi: z.string() }) } } },
    () => ({ ...(api.swagger() as { openapi: string }) }),
  );
}
