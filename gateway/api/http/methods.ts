/** 405 with `Allow`, for every path that is there and every method that it does not take. */
import type { HTTPMethods, RouteOptions } from 'fastify';
import { ApiError } from '../errors.ts';
import type { Api } from '../schema/zod-routes.ts';

const METHODS: readonly HTTPMethods[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Which methods each path takes; filled as routes are added. */
export type MethodTable = Map<string, Set<string>>;

/** An `onRoute` hook that fills `table`. */
export function noteMethods(table: MethodTable): (route: RouteOptions) => void {
  return ({ url, method }) => {
    const methods = table.get(url) ?? new Set();
    for (const name of [method].flat()) methods.add(name);
    table.set(url, methods);
  };
}

/** After all other routes. */
export function refuseOtherMethods(app: Api, table: MethodTable): void {
  for (const [url, taken] of [...table]) {
    const allow = [...taken].sort().join(', ');
    app.route({
      url,
      method: METHODS.filter((method) => !taken.has(method)),
      schema: { hide: true },
      // Before the body is read: what is not for this method need not be well-formed.
      onRequest: (request, reply, done) => {
        reply.header('allow', allow);
        done(new ApiError('methodNotAllowed', `${request.method} is not for this path; ${allow}`));
      },
      handler: (_, reply) => reply.send(),
    });
  }
}
