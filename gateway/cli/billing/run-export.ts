/** Writes the files of a closed run into a folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fullRunSchema } from '../../api/resources/billing.ts';
import { downloadApi, postApi } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { CliError } from '../exit.ts';
import { systemWords } from '../system-words.ts';
import { pathOf } from './run-steps.ts';

export async function writeFiles(run: string, options: ChangeOptions & { readonly to: string }): Promise<void> {
  const { by, to, json } = options;
  const { files, manifest } = await postApi(options, `${pathOf(run)}/export`, { by }, fullRunSchema);
  const written: string[] = [];
  for (const { kind, file } of files) {
    const bytes = await downloadApi(options, `${pathOf(run)}/files/${kind}`);
    const path = join(to, file);
    try {
      await mkdir(to, { recursive: true });
      await writeFile(path, bytes);
    } catch (error) {
      throw new CliError(`${path} cannot be written: ${systemWords(error)}`);
    }
    written.push(path);
  }
  if (json) console.log(JSON.stringify({ run, manifest, files: written }));
  else console.log([...written, `manifest ${manifest ?? ''}`].join('\n'));
}
