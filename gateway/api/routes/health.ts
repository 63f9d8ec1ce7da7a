import type { ApiDeps } from '../deps.ts';
import { healthSchema, healthView } from '../resources/health.ts';
import type { Api } from '../schema/zod-routes.ts';

export function healthRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/health',
    {
      schema: {
        tags: ['site'],
        summary: 'Whether the gateway does its work',
        response: {
          200: healthSchema.describe('It does; `degraded` says what does not'),
          503: healthSchema.describe('An alarm on site may not reach anybody'),
        },
      },
    },
    (_, reply) => {
      const health = healthView(deps.health(), deps.buses());
      reply.code(health.status === 'failing' ? 503 : 200);
      return health;
    },
  );
}
