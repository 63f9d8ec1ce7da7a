/** How homes with zones stand, from the API. */
import { pageSchema } from '../../api/schema/pages.ts';
import { homeSecuritySchema } from '../../api/resources/home-security.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { paletteFor } from '../text/palette.ts';
import { homeLine, zoneLine } from './home-lines.ts';

export async function listHomes(options: ShowOptions): Promise<void> {
  const page = await getApi(options, '/home-security?limit=10000', pageSchema(homeSecuritySchema));
  if (options.json) {
    console.log(JSON.stringify(page));
    return;
  }
  const colours = paletteFor(process.stdout);
  if (page.items.length === 0) console.log('no home has zones');
  for (const home of page.items) console.log(homeLine(home, colours));
}

/** Rejects with CliError where it has no zones. */
export async function showHome(home: string, options: ShowOptions): Promise<void> {
  const shown = await getApi(options, `/homes/${encodeURIComponent(home)}/security`, homeSecuritySchema);
  if (options.json) {
    console.log(JSON.stringify(shown));
    return;
  }
  const colours = paletteFor(process.stdout);
  console.log(homeLine(shown, colours));
  for (const zone of shown.zones) console.log(zoneLine(zone, colours));
}
