/** The tables of meters and homes as the gateway keeps them: byte for byte, of whichever version. */
import { registrySchema, registryVersionsSchema } from '../../api/resources/registry.ts';
import { downloadApi, getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { CliError } from '../exit.ts';
import { writeInto } from '../write-into.ts';

export interface ExportOptions extends ShowOptions {
  readonly to: string;
}

const VERSIONS = '/registry/versions';

/** `named` undefined: the version in force. */
export async function exportTables(named: string | undefined, { to, json, ...options }: ExportOptions): Promise<void> {
  const path = `${VERSIONS}/${encodeURIComponent(named ?? (await versionInForce(options)))}`;
  const { version, tables } = await getApi(options, path, registrySchema);
  const files: string[] = [];
  for (const { n, file } of tables) {
    // Tables of several folders may have one name.
    const isFirst = tables.findIndex((other) => other.file === file) === n;
    files.push(await writeInto(to, isFirst ? file : `${n}-${file}`, await downloadApi(options, `${path}/tables/${n}`)));
  }
  console.log(json ? JSON.stringify({ version, files }) : [...files, `version ${version}`].join('\n'));
}

async function versionInForce(options: ShowOptions): Promise<string> {
  const { current, items } = await getApi(options, VERSIONS, registryVersionsSchema);
  if (items.some(({ version }) => version === current)) return current;
  throw new CliError('the site has no tables of meters', 'docs/configuration.md, meters and homes');
}

export async function listVersions({ json, ...options }: ShowOptions): Promise<void> {
  const answer = await getApi(options, VERSIONS, registryVersionsSchema);
  if (json) {
    console.log(JSON.stringify(answer));
    return;
  }
  const lines = answer.items.map(({ version, at }) => {
    return `${version}  since ${at ?? 'an unknown time'}${version === answer.current ? '  in force' : ''}`;
  });
  console.log(lines.length === 0 ? 'the site has had no tables of meters' : lines.join('\n'));
}
