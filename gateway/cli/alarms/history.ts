/** `alarms history`: what happened to alarms, found by time, place, device, kind or person. */
import { z } from 'zod';
import { occurrenceSchema, type OccurrenceView } from '../../api/resources/occurrence.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { usageError } from '../exit.ts';
import { paletteFor } from '../text/palette.ts';
import { historyLines } from './history-lines.ts';

/** Those of the API, by the names that it gives them. */
const FILTERS = ['from', 'to', 'type', 'source', 'device', 'location', 'by', 'priority', 'drill', 'state'] as const;

export interface HistoryOptions extends ShowOptions, Partial<Readonly<Record<(typeof FILTERS)[number], string>>> {
  readonly limit: number;
  readonly csv?: boolean;
}

const PAGE = 1_000;
const pageSchema = z.object({ items: z.array(occurrenceSchema), next: z.int().nullable() });
const siteSchema = z.object({ timezone: z.string() });

/** Rejects with CliError where the gateway refuses a filter. */
export async function showHistory(options: HistoryOptions): Promise<void> {
  if (options.json && options.csv)
    throw usageError('--json and --csv are two forms of one list', 'leave one of them away');
  const { timezone } = await getApi(options, '/site', siteSchema);
  const found = await findOccurrences(options);
  if (options.json) console.log(JSON.stringify(found));
  else if (options.csv) {
    const { historyCsv } = await import('./history-csv.ts');
    process.stdout.write(historyCsv(found, timezone));
  } else console.log(historyLines(found, timezone, paletteFor(process.stdout)).join('\n'));
}

/** As many as are asked for, page by page. */
async function findOccurrences(options: HistoryOptions): Promise<OccurrenceView[]> {
  const found: OccurrenceView[] = [];
  for (let before: number | null | undefined; found.length < options.limit && before !== null;) {
    const query = new URLSearchParams({ limit: String(Math.min(PAGE, options.limit - found.length)) });
    for (const name of FILTERS) {
      const wanted = options[name];
      if (wanted !== undefined) query.set(name, wanted);
    }
    if (before !== undefined) query.set('before', String(before));
    const page = await getApi(options, `/alarms/occurrences?${query.toString()}`, pageSchema);
    found.push(...page.items);
    before = page.next;
  }
  return found;
}
