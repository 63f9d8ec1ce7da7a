/** Readings as a person sees them: by the clock of the site, as the reasons on a bill. */
import { z } from 'zod';
import { getApi, type ApiOptions } from '../api/client.ts';
import { paletteFor } from '../text/palette.ts';
import { readingLines, type ReadingShown } from './reading-lines.ts';

const siteSchema = z.object({ timezone: z.string() });

export async function shownReadings(readings: readonly ReadingShown[], options: ApiOptions): Promise<string[]> {
  const { timezone } = await getApi(options, '/site', siteSchema);
  return readingLines(readings, timezone, paletteFor(process.stdout));
}
