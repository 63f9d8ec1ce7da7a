import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError } from '../errors.ts';
import { by, time } from '../schema/fields.ts';
import { errors, type Api } from '../schema/zod-routes.ts';

const answer = z.object({
  pressedAt: time.describe('When the press was seen; null: none was'),
  stored: z.boolean().describe('false, and 202: the store cannot be written; lost if power fails now'),
});

/** What people do about lifts: records of the tests of their buttons are events of the journal. */
export function liftRoutes(api: Api, { noteButtonTest }: ApiDeps): void {
  api.post(
    '/lifts/:lift/button-tests',
    {
      schema: {
        tags: ['alarms'],
        summary: 'Note that you have tried the alarm button of a lift, within ten minutes of the press',
        params: z.strictObject({ lift: z.string() }),
        body: z.strictObject({
          by,
          result: z.enum(['passed', 'failed']).describe('passed needs a press that was seen'),
          note: z.string().trim().max(500).nullable().default(null),
        }),
        response: { 200: answer, 202: answer, ...errors('unknownLift', 'unknownPerson', 'noPress') },
      },
    },
    async ({ params: { lift }, body }, reply) => {
      const noted = await noteButtonTest(lift, body);
      if (!noted.ok) throw new ApiError(noted.code, 'message' in noted ? noted.message : undefined);
      reply.code(noted.stored ? 200 : 202);
      return { pressedAt: iso(noted.pressedAt), stored: noted.stored };
    },
  );
}
