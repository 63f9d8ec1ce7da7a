/** `alarms figures`: how the alarm system performs. */
import { z } from 'zod';
import { performanceSchema } from '../../api/resources/performance.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { paletteFor } from '../text/palette.ts';
import { figureLines } from './figure-lines.ts';

export interface FiguresOptions extends ShowOptions {
  readonly by: string;
  /** ISO 8601. */
  readonly from?: string;
  readonly to?: string;
}

const siteSchema = z.object({ timezone: z.string() });

export async function showFigures({ by, from, to, ...options }: FiguresOptions): Promise<void> {
  const query = new URLSearchParams({ by, ...(from && { from }), ...(to && { to }) });
  const answer = await getApi(options, `/alarms/kpis?${query.toString()}`, performanceSchema);
  if (options.json) {
    console.log(JSON.stringify(answer));
    return;
  }
  const { timezone } = await getApi(options, '/site', siteSchema);
  console.log(figureLines(answer, timezone, paletteFor(process.stdout)).join('\n'));
}
