/** The control port of the simulators: HTTP on loopback, for tests and for whoever shows the product. */
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { ZodError } from 'zod';
import type { Controlled } from './controlled.ts';
import { NotFound } from './lookup.ts';
import { AlreadyPlaying } from './player.ts';
import { deviceRoutes } from './device-routes.ts';
import { homeRoutes } from './home-routes.ts';
import { lineRoutes } from './line-routes.ts';
import { scenarioRoutes } from './scenario-routes.ts';

/** Mistakes of the caller are answered with 400, 404 or 409 and `{ error }`; everything else is a mistake in here. */
function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404;
  if (error instanceof AlreadyPlaying) return 409;
  if (error instanceof ZodError || error instanceof RangeError) return 400;
  return (error as FastifyError).statusCode ?? 500;
}

/** Not yet listening: tests inject requests. */
export function createControl(controlled: Controlled): FastifyInstance {
  const server = fastify({ logger: false, forceCloseConnections: true });
  server.setErrorHandler((error: Error, _request, reply) => {
    const message =
      error instanceof ZodError
        ? error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
        : error.message;
    void reply.status(statusOf(error)).send({ error: message });
  });
  lineRoutes(server, controlled);
  deviceRoutes(server, controlled);
  homeRoutes(server, controlled);
  scenarioRoutes(server, controlled);
  return server;
}
