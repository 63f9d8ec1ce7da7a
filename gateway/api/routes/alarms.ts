import { z } from 'zod';
import { normalRow } from '../../alarms/lifecycle.ts';
import type { AlarmDefinition } from '../../alarms/types.ts';
import type { AlarmRow } from '../../store/rows.ts';
import type { ApiDeps } from '../deps.ts';
import { newestSeq } from '../feed/journal.ts';
import { alarmSchema, alarmViewer } from '../resources/alarm.ts';
import { eventSchema, eventView } from '../resources/event.ts';
import { seq } from '../schema/fields.ts';
import { errors, type Api } from '../schema/zod-routes.ts';
import { notFound } from './find.ts';

/** Events of one alarm in one answer, and so many of its source are looked at for them. */
const MOST_EVENTS = 100;
const LOOKED_AT = 1_000;

const snapshot = z.object({
  epoch: z.int(),
  seq: seq.describe('Of the feed at this moment: `events?after=` goes on from here'),
  items: z.array(alarmSchema),
});

export function alarmRoutes(api: Api, deps: ApiDeps): void {
  api.get(
    '/alarms',
    {
      schema: {
        tags: ['alarms'],
        summary: 'All alarms that are not normal, or all that there are: one consistent snapshot',
        querystring: z.strictObject({
          which: z
            .enum(['nonNormal', 'all'])
            .default('nonNormal')
            .describe('all: every alarm that is defined, raised or not, and every one that ever was'),
        }),
        response: { 200: snapshot },
      },
    },
    ({ query }) => {
      const { epoch, events, alarms } = deps.store;
      const rows = query.which === 'all' ? allAlarms(deps) : alarms.list('nonNormal');
      return { epoch, seq: newestSeq(events), items: rows.map(alarmViewer(deps.config(), epoch)) };
    },
  );

  api.get(
    '/alarms/:alarm',
    {
      schema: {
        tags: ['alarms'],
        summary: 'One alarm and what happened to it',
        params: z.strictObject({ alarm: z.string() }),
        response: {
          200: z.object({ alarm: alarmSchema, events: z.array(eventSchema).describe('Newest first, at most 100') }),
          ...errors('unknownAlarm'),
        },
      },
    },
    ({ params }) => {
      const row = findAlarm(deps, params.alarm);
      const { epoch, events } = deps.store;
      const ofSource = events.list({ domain: 'alarm', source: row.source, limit: LOOKED_AT });
      const own = ofSource.filter(({ data }) => data['alarm'] === row.alarm).slice(0, MOST_EVENTS);
      return { alarm: alarmViewer(deps.config(), epoch)(row), events: own.map(eventView) };
    },
  );
}

/** Those that ever were, and those that can occur. Most urgent first, then newest first, as the store has them. */
function allAlarms({ store, config }: ApiDeps): AlarmRow[] {
  const rows = store.alarms.list('all');
  const known = new Set(rows.map(({ alarm }) => alarm));
  const neverRaised = config().alarms.filter(({ alarm }) => !known.has(alarm));
  return [...rows, ...neverRaised.map(normalAlarm)].sort(
    (a, b) => a.priority - b.priority || b.changedAt - a.changedAt,
  );
}

/** One that ever was, or one that can occur. */
export function findAlarm({ store, config }: ApiDeps, key: string): AlarmRow {
  const { alarms } = config();
  const row = store.alarms.get(key);
  if (row) return row;
  const definition = alarms.find(({ alarm }) => alarm === key);
  if (definition) return normalAlarm(definition);
  const names = alarms.map(({ alarm }) => alarm);
  throw notFound('unknownAlarm', `there is no alarm ${key}`, key, names);
}

/** One that was never raised. */
function normalAlarm({ alarm, source, device, type, channel, settings }: AlarmDefinition): AlarmRow {
  return normalRow({ alarm, source, device, type, channel, priority: settings.priority });
}
