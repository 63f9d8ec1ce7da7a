/** Fills the store of a site that is not running: readings as the collection would have stored them, and the bills of earlier periods. */
import { drivers } from '../../../drivers/index.ts';
import { loadConfiguration } from '../../../gateway/config/load.ts';
import { openDatabase } from '../../../gateway/store/open.ts';
import { readTables, writeTables } from '../../../gateway/store/tables/index.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';
import { keepEarlierBills } from './earlier-bills.ts';
import { readingsIn, type Stretch } from './plausible-readings.ts';

export interface MeteredStoreProgram extends Protocol {
  readonly settings: { readonly siteFile: string };
  readonly ready: null;
  /** What is to be stored: readings in the order of time; then so many periods' bills, up to the one before the last. */
  readonly question: { readonly stretches: readonly Stretch[]; readonly earlierBills: number };
  readonly answer: { readonly readings: number; readonly seconds: number };
}

const ROWS_PER_TRANSACTION = 400_000;
/** Statements, schema and indexes are the store's own; only its cache is larger, as nothing else runs. */
const CACHE_KB = 256_000;

await serve<MeteredStoreProgram>(async ({ siteFile }) => {
  const loaded = await loadConfiguration(siteFile, drivers);
  if (!loaded.ok) throw new Error(loaded.mistakes.map(({ line, message }) => `${line}: ${message}`).join('\n'));
  const { config } = loaded;
  const { site, store } = config;
  const now = Date.now();
  const db = openDatabase({ file: store.file, site: site.id, maxMegabytes: store.maxMegabytes, now });
  db.pragma(`cache_size = -${CACHE_KB}`);
  const tables = writeTables(db);
  const meters = [...config.registry.meters.values()];

  const storeReadings = (stretches: readonly Stretch[]): number => {
    const rows = readingsIn(meters, stretches);
    let stored = 0;
    const some = db.transaction(() => {
      for (let n = 0; n < ROWS_PER_TRANSACTION; n++) {
        const next = rows.next();
        if (next.done === true) return false;
        tables.meterReadings.append(next.value);
        stored += 1;
      }
      return true;
    });
    while (some.immediate());
    return stored;
  };

  const answer = ({ stretches, earlierBills }: MeteredStoreProgram['question']): MeteredStoreProgram['answer'] => {
    const from = performance.now();
    const readings = storeReadings(stretches);
    const seconds = (performance.now() - from) / 1000;
    if (earlierBills > 0) keepEarlierBills(db, readTables(db, ''), tables, { config, now, periods: earlierBills });
    return { readings, seconds };
  };
  return { ready: null, answer, close: () => Promise.resolve(void db.close()) };
});
