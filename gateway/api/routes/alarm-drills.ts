import { z } from 'zod';
import { LONGEST_DRILL_MS } from '../../alarms/deadlines.ts';
import { alarmKey } from '../../alarms/types.ts';
import type { ApiDeps } from '../deps.ts';
import { by } from '../schema/fields.ts';
import { errors, type Api } from '../schema/zod-routes.ts';
import { answerOf, decisionAnswer } from './alarm-decisions.ts';
import { findAlarm } from './alarms.ts';

const body = z.strictObject({
  type: z.string().describe('Alarm type, such as fire.alarm'),
  source: z.string().describe('The equipment or device whose alarm it is'),
  channel: z.string().nullable().default(null).describe('Where the source has several alarms of the type'),
  by,
  note: z.string().trim().max(500).nullable().default(null).describe('What is tried, and who was told'),
  forS: z
    .int()
    .min(10)
    .max(LONGEST_DRILL_MS / 1_000)
    .default(600)
    .describe('It ends by itself after so many seconds'),
});

export function drillRoute(api: Api, deps: ApiDeps): void {
  api.post(
    '/alarms/drills',
    {
      schema: {
        tags: ['alarms'],
        summary: 'Begin a drill: raise an alarm of which each row and event says that nothing is the matter',
        body,
        response: {
          200: decisionAnswer,
          202: decisionAnswer,
          ...errors('unknownAlarm', 'unknownPerson', 'unstored', 'notNormal', 'suppressed', 'notDrillable'),
        },
      },
    },
    async ({ body: { type, source, channel, forS, ...said } }, reply) => {
      const { alarm } = findAlarm(deps, alarmKey(source, type, channel));
      return answerOf(deps, alarm, await deps.decide({ verb: 'drill', alarm, forMs: forS * 1_000, ...said }), reply);
    },
  );
}
