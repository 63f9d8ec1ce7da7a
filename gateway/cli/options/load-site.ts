/** The site file that a command works with. */
import { drivers } from '../../../drivers/index.ts';
import { loadConfiguration } from '../../config/load.ts';
import { FilesRead } from '../../config/files/read-files.ts';
import type { SiteConfig } from '../../config/site-config.ts';
import { siteSchema } from '../../config/schema.ts';
import { readSiteFile } from '../../config/site-file.ts';
import { CliError } from '../exit.ts';

/** The checked configuration. Throws CliError where it has mistakes: `check` is the command that lists them. */
export async function loadSite(file: string): Promise<SiteConfig> {
  const loaded = await loadConfiguration(file, drivers);
  if (loaded.ok) return loaded.config;
  const errors = loaded.mistakes.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const count = errors.length === 1 ? 'a mistake' : `${errors.length} mistakes`;
  const where = first ? `: ${first.file}:${first.line}: ${first.message}` : '';
  throw new CliError(`${file} has ${count}${where}`, `scripts/gatehouse check ${file} lists every mistake`);
}

/** Where the gateway of a site answers; the usual place where the file does not say it, has mistakes or is not there. */
export async function apiOf(file: string): Promise<SiteConfig['api']> {
  const { rest } = await readSiteFile(file, new FilesRead());
  return rest?.file.api ?? siteSchema.shape.api.parse(undefined);
}
