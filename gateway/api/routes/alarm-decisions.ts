import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { DecisionAnswer } from '../../alarms/decide.ts';
import type { AlarmDecision } from '../../alarms/decision.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiError, ERRORS, type ErrorCode } from '../errors.ts';
import { alarmSchema, alarmViewer } from '../resources/alarm.ts';
import { by, seq } from '../schema/fields.ts';
import { errors, type Api } from '../schema/zod-routes.ts';
import { findAlarm } from './alarms.ts';

const noted = (what: string) => z.string().trim().max(500).nullable().default(null).describe(what);
const signed = z.strictObject({ by, note: noted('What the next on duty should know') });
const seen = {
  occurrenceId: z.string().max(300).nullable().describe('Of the alarm as you see it'),
  rev: seq.describe('Of the alarm as you see it: an older one is refused'),
  by,
};

export const decisionAnswer = z.object({
  alarm: alarmSchema.describe('As it is now'),
  stored: z.boolean().describe('false, and 202: the store cannot be written; lost if power fails now'),
});

const ALWAYS = ['unknownAlarm', 'unknownPerson', 'unstored'] as const;

type Unaddressed<T> = T extends unknown ? Omit<T, 'alarm'> : never;

export function decisionRoutes(api: Api, deps: ApiDeps): void {
  decisionRoute(api, deps, {
    ...{ path: 'acknowledge', summary: 'Acknowledge what you see' },
    body: z
      .strictObject({ ...seen, note: noted('What you are going to do') })
      .transform((said) => ({ ...said, verb: 'ack' })),
    refusals: ['stale', 'notActive', 'alreadyAcknowledged', 'suppressed'],
  });
  decisionRoute(api, deps, {
    ...{ path: 'reset', summary: 'Release a latched alarm, once on site all is well' },
    body: z
      .strictObject({ ...seen, note: noted('What was found and done: a reset needs it') })
      .transform((said) => ({ ...said, verb: 'reset' })),
    refusals: [
      'stale',
      'notActive',
      'acknowledgeFirst',
      'stillActive',
      'notLatched',
      'suppressed',
      'noteRequired',
      'roleMissing',
    ],
  });
  decisionRoute(api, deps, {
    ...{ path: 'end-drill', summary: 'End a drill before its time is over' },
    body: signed.transform((said) => ({ ...said, verb: 'endDrill' })),
    refusals: ['noDrill'],
  });
  hidingRoutes(api, deps);
}

function hidingRoutes(api: Api, deps: ApiDeps): void {
  decisionRoute(api, deps, {
    ...{ path: 'shelve', summary: 'Hide an alarm for a time, with a reason' },
    body: z
      .strictObject({ ...seen, note: noted('The reason: it is needed'), until: z.iso.datetime({ offset: true }) })
      .transform((said) => ({ ...said, verb: 'shelve', until: Date.parse(said.until) })),
    refusals: ['stale', 'priorityOne', 'notShelvable', 'reasonRequired', 'tooLong', 'notFuture'],
  });
  decisionRoute(api, deps, {
    ...{ path: 'unshelve', summary: 'Show a shelved alarm again' },
    body: signed.transform((said) => ({ ...said, verb: 'unshelve' })),
    refusals: ['notHidden'],
  });
  decisionRoute(api, deps, {
    ...{ path: 'remove-from-service', summary: 'Take an alarm out of service for work on its source' },
    body: z
      .strictObject({ ...seen, note: noted('The permit: what is done, and on whose word') })
      .transform((said) => ({ ...said, verb: 'removeFromService' })),
    refusals: ['stale', 'reasonRequired', 'notPermitted'],
  });
  decisionRoute(api, deps, {
    ...{ path: 'place-in-service', summary: 'Put an alarm back into service' },
    body: signed.transform((said) => ({ ...said, verb: 'placeInService' })),
    refusals: ['notHidden'],
  });
}

interface DecisionRoute {
  readonly path: string;
  readonly summary: string;
  readonly body: z.ZodType<Unaddressed<AlarmDecision>>;
  readonly refusals: readonly ErrorCode[];
}

function decisionRoute(api: Api, deps: ApiDeps, { path, summary, body, refusals }: DecisionRoute): void {
  api.post(
    `/alarms/:alarm/${path}`,
    {
      schema: {
        tags: ['alarms'],
        summary,
        params: z.strictObject({ alarm: z.string() }),
        body,
        response: { 200: decisionAnswer, 202: decisionAnswer, ...errors(...ALWAYS, ...refusals) },
      },
    },
    async ({ params: { alarm }, body: asked }, reply) => {
      findAlarm(deps, alarm);
      return answerOf(deps, alarm, await deps.decide({ ...asked, alarm }), reply);
    },
  );
}

export function answerOf(
  deps: ApiDeps,
  alarm: string,
  result: DecisionAnswer,
  reply: FastifyReply,
): z.input<typeof decisionAnswer> {
  const view = alarmViewer(deps.config(), deps.store.epoch);
  if (!result.ok) {
    const now = ERRORS[result.code].status === 409 ? { alarm: view(findAlarm(deps, alarm)) } : undefined;
    throw new ApiError(result.code, result.message, now);
  }
  reply.code(result.stored ? 200 : 202);
  return { alarm: view(result.row), stored: result.stored };
}
