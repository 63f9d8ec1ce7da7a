/** Loads a site, and prints the meters of it that were asked for. */
import { nearNames } from '../../metering/registry/near-names.ts';
import { usageError } from '../exit.ts';
import { loadSite } from '../options/load-site.ts';
import { paletteFor } from '../text/palette.ts';
import { listCsv } from './list-csv.ts';
import { listLines } from './list-lines.ts';
import type { ListOptions } from './options.ts';

export async function runList({ site, home, utility, present, json, csv }: ListOptions): Promise<void> {
  if (json && csv) throw usageError('--json and --csv are two forms of one list', 'leave one of them away');
  const { registry } = await loadSite(site);
  if (home !== undefined && !registry.homes.has(home)) {
    throw usageError(`there is no home ${JSON.stringify(home)}`, nearNames(registry.homes.keys())(home));
  }
  const meters = [...registry.meters.values()].filter(
    (meter) =>
      (home === undefined || meter.home === home) &&
      (utility === undefined || meter.utility === utility) &&
      (!present || meter.removedAt === null),
  );
  if (json) console.log(JSON.stringify(meters));
  else if (csv) process.stdout.write(listCsv(meters, registry.homes));
  else for (const line of listLines(meters, paletteFor(process.stdout))) console.log(line);
}
