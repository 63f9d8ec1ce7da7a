/** `alarms list`: all that is not normal, of one moment. */
import { z } from 'zod';
import { alarmSchema } from '../../api/resources/alarm.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { paletteFor } from '../text/palette.ts';
import { alarmLines } from './alarm-lines.ts';

export interface ListOptions extends ShowOptions {
  readonly all?: boolean;
}

const snapshotSchema = z.object({ epoch: z.int(), seq: z.int(), items: z.array(alarmSchema) });
const siteSchema = z.object({ timezone: z.string() });

export async function listAlarms({ all, ...options }: ListOptions): Promise<void> {
  const snapshot = await getApi(options, `/alarms?which=${all ? 'all' : 'nonNormal'}`, snapshotSchema);
  if (options.json) {
    console.log(JSON.stringify(snapshot));
    return;
  }
  const { timezone } = await getApi(options, '/site', siteSchema);
  console.log(alarmLines(snapshot.items, timezone, paletteFor(process.stdout)).join('\n'));
}
