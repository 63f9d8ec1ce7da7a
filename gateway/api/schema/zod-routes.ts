/** Lets fastify's routes be described by zod: types, checks, serialisers. */
import { createRequire } from 'node:module';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifySchemaCompiler,
  FastifySerializerCompiler,
  FastifyTypeProvider,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
  RouteOptions,
} from 'fastify';
import { z } from 'zod';
import { checkAgainst } from '../../config/mistakes/issues.ts';
import { ApiError, ERRORS, type ErrorCode } from '../errors.ts';
import { toJsonSchema } from './json-schema.ts';

export interface ZodTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
  readonly serializer: this['schema'] extends z.ZodType ? z.input<this['schema']> : unknown;
}

/** The server as routes see it. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypes
>;

/** Every mistake at once, each with the nearest right name. */
export const checkWithZod: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  return (data: unknown) => {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      return { error: new ApiError('invalidRequest', `the ${httpPart ?? 'body'} must be a JSON object`) };
    }
    const checked = checkAgainst(schema, data);
    if (checked.ok) return { value: checked.value };
    const mistakes = checked.findings.map(({ path, message, hint }) => ({ path: path.join('.'), message, hint }));
    const words = mistakes.map(({ message, hint }) => (hint === undefined ? message : `${message} (${hint})`));
    return { error: new ApiError('invalidRequest', words.join('; '), { mistakes }) };
  };
};

const errorSchema = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.record(z.string(), z.unknown()).optional() }),
});

/** The error answers of a route, for its `response`; those that every route has are in `default`. */
export function errors(...codes: readonly ErrorCode[]): Record<number, typeof errorSchema> {
  const byStatus = Map.groupBy(codes, (code) => ERRORS[code].status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      errorSchema.describe(ofStatus.map((code) => `\`${code}\`: ${ERRORS[code].meaning}`).join('; ')),
    ]),
  );
}

const anyError = errorSchema.describe('Any other error; docs/api.md lists their codes');

/** An `onRoute` hook: what every route may answer besides its own. */
export function addDefaultAnswer({ schema }: RouteOptions): void {
  if (typeof schema?.response !== 'object' || schema.response === null) return;
  schema.response = { ...schema.response, default: anyError };
}

type Serialiser = (answer: unknown) => string;

/** Only what a schema describes leaves the house. Compiled at a route's first answer: few are ever asked for at most sites. */
export const writeWithZod: FastifySerializerCompiler<z.ZodType> = ({ schema }) => {
  let write: Serialiser | null = null;
  return (answer: unknown) => (write ??= compile(schema))(answer);
};

const load = createRequire(import.meta.url);

function compile(schema: z.ZodType): Serialiser {
  // Loaded here and not above: a start has no use for it.
  const build = load('fast-json-stringify') as (schema: object) => Serialiser;
  return build(toJsonSchema(schema, 'output'));
}
