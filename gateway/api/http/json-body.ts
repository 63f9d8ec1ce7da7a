/**
 * JSON bodies are UTF-8 (RFC 8259, 8.1) and say each key once (RFC 8259, 4): what is not is refused, as nobody can say what
 * was meant by it.
 */
import type { FastifyRequest } from 'fastify';
import { repeatedKey } from '../../config/files/repeated-key.ts';
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
      if (text === null) return done(new ApiError('invalidRequest', 'the body is not UTF-8'));
      void parse(request, text, (error: Error | null, value?: unknown) => {
        const twice = error ? null : repeatedKey(text);
        if (twice === null) done(error, value);
        else done(new ApiError('invalidRequest', `the key ${JSON.stringify(twice)} stands twice`));
      });
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
