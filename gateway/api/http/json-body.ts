/** JSON bodies are UTF-8 (RFC 8259, 8.1): bytes that are none are refused, as nobody can say what was meant by them. */
import type { FastifyRequest } from 'fastify';
import { ApiError } from '../errors.ts';
import type { Api } from '../schema/zod-routes.ts';

export function takeJson(app: Api): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done: (error: Error | null, value?: unknown) => void) => {
      const text = decode(body);
      if (text === null) done(new ApiError('invalidRequest', 'the body is not UTF-8'));
      else void parse(request, text, done);
    },
  );
}

function decode(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}
