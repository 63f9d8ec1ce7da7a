import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { DecisionAnswer } from '../../alarms/decide.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError, ERRORS } from '../errors.ts';
import { alarmSchema, alarmViewer } from '../resources/alarm.ts';
import { by, seq } from '../schema/fields.ts';
import { errors, type Api } from '../schema/zod-routes.ts';
import { findAlarm } from './alarms.ts';

const decision = z.strictObject({
  occurrenceId: z.string().max(300).describe('Of the alarm as you see it'),
  rev: seq.describe('Of the alarm as you see it: an older one is refused'),
  by,
  note: z.string().trim().max(500).nullable().default(null).describe('A reset needs one: what was found and done'),
});

const answer = z.object({
  alarm: alarmSchema.describe('As it is now'),
  stored: z.boolean().describe('false, and 202: the store cannot be written; lost if power fails now'),
});

export function decisionRoutes(api: Api, deps: ApiDeps): void {
  decisionRoute(api, deps, { verb: 'acknowledge', summary: 'Acknowledge what you see' });
  decisionRoute(api, deps, { verb: 'reset', summary: 'Release a latched alarm, once on site all is well' });
}

function decisionRoute(
  api: Api,
  deps: ApiDeps,
  { verb, summary }: { verb: keyof ApiDeps['alarms']; summary: string },
): void {
  const refusals = errors(
    ...(['unknownAlarm', 'stale', 'notActive', 'alreadyAcknowledged', 'acknowledgeFirst', 'stillActive'] as const),
    ...(['notLatched', 'suppressed', 'noteRequired', 'unstored'] as const),
  );
  api.post(
    `/alarms/:alarm/${verb}`,
    {
      schema: {
        tags: ['alarms'],
        summary,
        params: z.strictObject({ alarm: z.string() }),
        body: decision,
        response: { 200: answer, 202: answer, ...refusals },
      },
    },
    async ({ params: { alarm }, body }, reply) => {
      findAlarm(deps, alarm);
      return answerOf(deps, alarm, await deps.alarms[verb]({ alarm, ...body }), reply);
    },
  );
}

function answerOf(deps: ApiDeps, alarm: string, result: DecisionAnswer, reply: FastifyReply): z.input<typeof answer> {
  const view = alarmViewer(deps.config(), deps.store.epoch);
  if (!result.ok) {
    const now = ERRORS[result.code].status === 409 ? { alarm: view(findAlarm(deps, alarm)) } : undefined;
    throw new ApiError(result.code, result.message, now);
  }
  reply.code(result.stored ? 200 : 202);
  return { alarm: view(result.row), stored: result.stored };
}
