/** The files of a closed run: rendered once, kept in the store, and the same bytes for ever. */
import type { SiteConfig } from '../../../config/site-config.ts';
import type { Store } from '../../../store/store.ts';
import type { StoredRun } from '../record.ts';
import { renderInThread } from '../thread/start.ts';
import { fileNameOf } from './ask.ts';

export interface ExportSurroundings {
  readonly store: Store;
  readonly config: () => SiteConfig;
}

/** The SHA-256 of the manifest, in hex. What a crash has left of an earlier attempt is kept as it is. */
export async function exportFiles({ store, config }: ExportSurroundings, stored: StoredRun): Promise<string> {
  const { run } = stored.run;
  const { id, nameZh, timezone } = config().site;
  const kept = new Map(store.billing.exports(run.id).map(({ file, sha256 }) => [file, sha256]));
  const asked = { run, site: { id, nameZh }, zone: timezone, registry: stored.registry ?? '', kept };
  await renderInThread(store.file, asked, async (rendered) => {
    await store.write('keepExport', run.id, rendered);
    kept.set(rendered.file, rendered.sha256);
  });
  const manifest = kept.get(fileNameOf(run, 'manifest'));
  if (manifest === undefined) throw new Error(`${run.id} was rendered without a manifest`);
  return manifest;
}
