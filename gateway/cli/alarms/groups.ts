/** `alarms groups`: what is not normal, in at most ten lines. */
import { z } from 'zod';
import { groupsSchema } from '../../api/resources/alarm-group.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { paletteFor } from '../text/palette.ts';
import { groupLines } from './group-lines.ts';

const siteSchema = z.object({ timezone: z.string() });

export async function showGroups(options: ShowOptions): Promise<void> {
  const groups = await getApi(options, '/alarms/groups', groupsSchema);
  if (options.json) {
    console.log(JSON.stringify(groups));
    return;
  }
  const { timezone } = await getApi(options, '/site', siteSchema);
  console.log(groupLines(groups, timezone, paletteFor(process.stdout)).join('\n'));
}
