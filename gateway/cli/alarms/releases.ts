/** `alarms releases`: what fire alarms asked to open, and what answered. */
import { z } from 'zod';
import { releaseSchema } from '../../api/resources/fire-release.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { paletteFor } from '../text/palette.ts';
import { releaseLines } from './release-lines.ts';

export interface ReleasesOptions extends ShowOptions {
  readonly limit: number;
}

const pageSchema = z.object({ items: z.array(releaseSchema), next: z.int().nullable() });
const siteSchema = z.object({ timezone: z.string() });

export async function showReleases({ limit, ...options }: ReleasesOptions): Promise<void> {
  const page = await getApi(options, `/fire-releases?limit=${limit}`, pageSchema);
  if (options.json) {
    console.log(JSON.stringify(page));
    return;
  }
  const { timezone } = await getApi(options, '/site', siteSchema);
  console.log(releaseLines(page.items, timezone, paletteFor(process.stdout)).join('\n'));
}
