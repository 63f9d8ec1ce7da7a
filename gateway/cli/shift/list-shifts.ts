/** Shifts, a line each. */
import { z } from 'zod';
import { shiftSchema } from '../../api/resources/shift.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { dayAndClock } from '../event-line/clock-time.ts';
import { paletteFor } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

export interface ListShiftsOptions extends ShowOptions {
  readonly limit: number;
}

const pageSchema = z.object({ onDuty: shiftSchema.nullable(), items: z.array(shiftSchema), next: z.int().nullable() });
const siteSchema = z.object({ timezone: z.string() });

const COLUMNS: readonly Column[] = [
  { title: 'shift', align: 'right' },
  { title: 'from' },
  { title: 'to' },
  { title: 'on duty' },
];

export async function listShifts({ limit, ...options }: ListShiftsOptions): Promise<void> {
  const page = await getApi(options, `/shifts?limit=${limit}`, pageSchema);
  if (options.json) {
    console.log(JSON.stringify(page));
    return;
  }
  const { timezone } = await getApi(options, '/site', siteSchema);
  const colours = paletteFor(process.stdout);
  const time = (at: string | null): string => (at === null ? '' : dayAndClock(Date.parse(at), timezone));
  const rows = page.items.map(({ shift, from, to, persons }) => [
    String(shift),
    time(from),
    to === null ? colours.good('now') : time(to),
    persons.map(({ name }) => name).join(', '),
  ]);
  const nobody = page.onDuty ? [] : [colours.warning('nobody is on duty')];
  console.log([...(rows.length > 0 ? table(COLUMNS, rows, colours) : []), ...nobody].join('\n'));
}
