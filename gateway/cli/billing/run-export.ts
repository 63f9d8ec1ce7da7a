/** Writes the files of a closed run into a folder. */
import { fullRunSchema } from '../../api/resources/billing.ts';
import { downloadApi, postApi } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { writeInto } from '../write-into.ts';
import { pathOf } from './run-steps.ts';

export async function writeFiles(run: string, options: ChangeOptions & { readonly to: string }): Promise<void> {
  const { by, to, json } = options;
  const { files, manifest } = await postApi(options, `${pathOf(run)}/export`, { by }, fullRunSchema);
  const written: string[] = [];
  for (const { kind, file } of files) {
    written.push(await writeInto(to, file, await downloadApi(options, `${pathOf(run)}/files/${kind}`)));
  }
  if (json) console.log(JSON.stringify({ run, manifest, files: written }));
  else console.log([...written, `manifest ${manifest ?? ''}`].join('\n'));
}
