import { z } from 'zod';
import { iso } from '../../broker/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { newestSeq } from '../feed/journal.ts';
import { seq, time } from '../schema/fields.ts';
import type { Api } from '../schema/zod-routes.ts';

const siteSchema = z.object({
  id: z.string(),
  nameZh: z.string(),
  timezone: z.string(),
  version: z.string(),
  bootId: z.string().describe('A new one at each start'),
  now: time.describe('The clock of the gateway'),
  epoch: z.int().describe('Changes when the database is restored or recreated'),
  seq: seq.describe('The newest event'),
  counts: z.object({ buses: z.int(), devices: z.int(), alarms: z.int().describe('That can occur') }),
  equipment: z.array(
    z.object({ id: z.string(), nameZh: z.string(), kind: z.string(), location: z.string().nullable() }),
  ),
  broker: z.object({
    type: z.enum(['embedded', 'external']),
    url: z.string(),
    prefix: z.string().describe('What all topics begin with'),
    online: z.boolean(),
  }),
});

export function siteRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/site',
    { schema: { tags: ['site'], summary: 'The community and the gateway', response: { 200: siteSchema } } },
    () => {
      const { site, buses, devices, alarms, equipment } = deps.config();
      const { version, bootId, store, clock } = deps;
      return {
        ...site,
        version,
        bootId,
        now: iso(clock.now()),
        epoch: store.epoch,
        seq: newestSeq(store.events),
        counts: { buses: buses.length, devices: devices.length, alarms: alarms.length },
        equipment: equipment.map(({ id, nameZh, kind, location }) => ({
          id,
          nameZh,
          kind,
          location: location ?? null,
        })),
        broker: { ...deps.broker(), online: deps.health().broker.online },
      };
    },
  );
}
