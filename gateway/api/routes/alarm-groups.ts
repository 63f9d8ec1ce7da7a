import type { ApiDeps } from '../deps.ts';
import { groupsSchema, groupsView } from '../resources/alarm-group.ts';
import type { Api } from '../schema/zod-routes.ts';

export function groupRoute(api: Api, deps: ApiDeps): void {
  api.get(
    '/alarms/groups',
    {
      schema: {
        tags: ['alarms'],
        summary: 'All alarms that are not normal in at most ten lines, and whether there is a flood',
        response: { 200: groupsSchema },
      },
    },
    () => groupsView(deps),
  );
}
