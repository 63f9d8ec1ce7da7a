/**
 * Who may speak to an API that knows no log-in yet: programs on this machine, and no web page. A page that has rebound
 * its own name to 127.0.0.1 still sends that name as Host; a page of another origin sends its Origin.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { ApiError } from '../errors.ts';
import type { Api } from '../schema/zod-routes.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const SAFE_METHODS = new Set(['GET', 'HEAD']);

const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

export function guard(app: Api): void {
  // JSON alone: a form or plain text may be posted by any page without asking first.
  app.removeContentTypeParser('text/plain');
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(HEADERS);
    done(refusal(request.method, request.headers));
  });
}

/** Undefined: let it in. Any port is right: a tunnel ends on one of its own. */
export function refusal(method: string, { host, origin }: IncomingHttpHeaders): ApiError | undefined {
  const name = host?.toLowerCase().replace(/:\d{1,5}$/, '');
  if (host === undefined || name === undefined || !LOOPBACK.has(name)) return new ApiError('foreignHost');
  if (SAFE_METHODS.has(method) || origin === undefined) return undefined;
  return origin.toLowerCase() === `http://${host.toLowerCase()}` ? undefined : new ApiError('crossOrigin');
}
