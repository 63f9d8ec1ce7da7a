import { z } from 'zod';
import type { ArmingAnswer, HomeShown } from '../../home-security/home-security.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { homeSecuritySchema, homeSecurityView } from '../resources/home-security.ts';
import { by } from '../schema/fields.ts';
import { pageOf, pageQuery, pageSchema } from '../schema/pages.ts';
import { errors, type Api } from '../schema/zod-routes.ts';

const answer = z.object({
  security: homeSecuritySchema,
  stored: z.boolean().describe('false, and 202: the store cannot be written; lost if power fails now'),
});
const params = z.strictObject({ home: z.string() });

/** Homes with zones: how they stand, and arming and disarming them. docs/home-security.md. */
export function homeSecurityRoutes(api: Api, deps: ApiDeps): void {
  readRoutes(api, deps);
  armRoute(api, deps);
  disarmRoute(api, deps);
}

function readRoutes(api: Api, { homes, clock }: ApiDeps): void {
  api.get(
    '/home-security',
    {
      schema: {
        tags: ['alarms'],
        summary: 'All homes with zones, and whether they are armed',
        querystring: pageQuery,
        response: { 200: pageSchema(homeSecuritySchema) },
      },
    },
    ({ query }) =>
      pageOf(
        homes.list().map((shown) => homeSecurityView(shown, clock)),
        query,
      ),
  );
  api.get(
    '/homes/:home/security',
    {
      schema: {
        tags: ['alarms'],
        summary: 'One home: whether it is armed, which delay runs, its zones',
        params,
        response: { 200: homeSecuritySchema, ...errors('homeNotGuarded') },
      },
    },
    ({ params: { home } }) => {
      const shown = homes.show(home);
      if (!shown) throw new ApiError('homeNotGuarded');
      return homeSecurityView(shown, clock);
    },
  );
}

function armRoute(api: Api, { homes, clock }: ApiDeps): void {
  api.post(
    '/homes/:home/arm',
    {
      schema: {
        tags: ['alarms'],
        summary: 'Arm a home',
        params,
        body: z.strictObject({
          by,
          mode: z.enum(['away', 'stay']).describe('stay: people are inside, followers do not count'),
          force: z.boolean().default(false).describe('Without the zones that are open'),
        }),
        response: { 200: answer, 202: answer, ...errors('homeNotGuarded', 'zonesNotClosed', 'disarmFirst') },
      },
    },
    async ({ params: { home }, body }, reply) => {
      const armed = accepted(await homes.arm(home, body));
      reply.code(armed.stored ? 200 : 202);
      return { security: homeSecurityView(armed, clock), stored: armed.stored };
    },
  );
}

function disarmRoute(api: Api, { homes, clock }: ApiDeps): void {
  api.post(
    '/homes/:home/disarm',
    {
      schema: {
        tags: ['alarms'],
        summary: 'Disarm a home',
        params,
        body: z.strictObject({
          by,
          duress: z.boolean().default(false).describe('Whoever asks is forced to: the control room alone is told'),
        }),
        response: { 200: answer, 202: answer, ...errors('homeNotGuarded') },
      },
    },
    async ({ params: { home }, body }, reply) => {
      const disarmed = accepted(await homes.disarm(home, body));
      reply.code(disarmed.stored ? 200 : 202);
      return { security: homeSecurityView(disarmed, clock), stored: disarmed.stored };
    },
  );
}

function accepted(given: ArmingAnswer): HomeShown & { readonly stored: boolean } {
  if (given.ok) return given;
  if (given.code !== 'zonesNotClosed') throw new ApiError(given.code);
  const words = given.zones.map(({ zone, state }) => `${zone} (${state})`).join(', ');
  throw new ApiError(given.code, `not closed: ${words}`, { zones: given.zones });
}
