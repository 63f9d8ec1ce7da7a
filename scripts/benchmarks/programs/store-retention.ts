/** The retention of a gateway's store, while the gateway does not run. */
import { drivers } from '../../../drivers/index.ts';
import { loadConfiguration } from '../../../gateway/config/load.ts';
import { retentionOf } from '../../../gateway/metering/settings.ts';
import { prune } from '../../../gateway/store/retention.ts';
import { openStore } from '../../../gateway/store/store.ts';
import type { Protocol } from '../processes/protocol.ts';
import { serve } from '../processes/serve.ts';

export interface StoreRetentionProgram extends Protocol {
  readonly settings: { readonly siteFile: string };
  readonly ready: null;
  /** How long every reading of a meter is to be kept. */
  readonly question: { readonly meterReadingsDays: number };
  /** `usedMB`: pages in use, in 10^6 bytes. */
  readonly answer: { readonly gone: number; readonly seconds: number; readonly usedMB: number };
}

await serve<StoreRetentionProgram>(async ({ siteFile }) => {
  const loaded = await loadConfiguration(siteFile, drivers);
  if (!loaded.ok) throw new Error('the site of the benchmark has mistakes');
  const { config } = loaded;
  const { file, maxMegabytes } = config.store;
  const store = await openStore({ file, maxMegabytes, gateway: 'bench', site: config.site.id, now: Date.now() });
  const answer = async ({ meterReadingsDays }: StoreRetentionProgram['question']) => {
    const from = performance.now();
    const gone = await prune(store, { ...retentionOf(config, Date.now()), meterReadingsDays }, Date.now());
    return {
      gone: gone.readings,
      seconds: (performance.now() - from) / 1000,
      usedMB: store.size().usedBytes / 1e6,
    };
  };
  return { ready: null, answer, close: () => store.close() };
});
