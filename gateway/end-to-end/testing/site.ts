/** A site in a folder of its own, gone when the test has ended. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSite, type SiteSketch, type TestSite } from '../../testing/site.ts';

/** Below it are the topics of every site here. */
export const PREFIX = 'community/test';

/** Call it before whatever uses the folder: what is begun last ends first. */
export function newSite(sketch: SiteSketch): TestSite & { readonly storeFile: string } {
  const site = createSite(sketch);
  onTestFinished(() => rmSync(site.folder, { recursive: true }));
  return { ...site, storeFile: join(site.folder, 'store.sqlite') };
}
