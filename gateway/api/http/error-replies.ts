/** From whatever went wrong to the one shape of an error. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { STATUS_CODES } from '../../node-http.ts';
import { suggest } from '../../config/mistakes/suggest.ts';
import { mayPass } from '../../store/errors.ts';
import { ApiError, type ErrorCode } from '../errors.ts';
import type { Api } from '../schema/zod-routes.ts';
import type { MethodTable } from './methods.ts';
import { nearestRoute } from './suggest-route.ts';

/** fastify's own errors, by status. */
const BY_STATUS: Readonly<Record<number, ErrorCode>> = {
  400: 'invalidRequest',
  413: 'bodyTooLarge',
  414: 'pathTooLong',
  415: 'unsupportedMediaType',
};

const RETRY_AFTER_S = 1;

/** `routes`: those that there are, for hints. */
export function answerErrors(app: Api, routes: MethodTable): void {
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const paths = [...routes.keys()];
    const meant = nearestRoute(path, paths);
    const hint = meant === undefined ? suggest(path, paths) : `did you mean ${JSON.stringify(meant)}?`;
    throw new ApiError('unknownRoute', inWords(`there is no ${path}`, hint));
  });
}

export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const known = toApiError(error);
  if (known.code === 'internal') request.log.error(error);
  if (known.status === 503) reply.header('retry-after', RETRY_AFTER_S);
  // Not by the route's schemas: a status may have another shape there, and a failing answer may be why we are here.
  // A reply with a serialiser of its own gets no type from fastify.
  reply.code(known.status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(known.body);
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (mayPass(error)) return new ApiError('storeUnavailable');
  const { statusCode = 500, message } = error as Partial<FastifyError>;
  const code = BY_STATUS[statusCode];
  return code ? new ApiError(code, message ?? STATUS_CODES[statusCode]) : new ApiError('internal');
}

/** A sentence and what would be right. */
export function inWords(message: string, hint: string | undefined): string {
  return hint === undefined ? message : `${message} (${hint})`;
}
