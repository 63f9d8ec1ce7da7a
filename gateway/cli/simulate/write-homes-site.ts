/** Writes the site of simulated homes. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { callerPath } from '../options/caller-path.ts';
import { CliError } from '../exit.ts';
import { isSystemError, systemWords } from '../system-words.ts';
import { metersAnswer, stateAnswer } from './answers.ts';
import { control } from './control-client.ts';
import { homesSite } from './homes-site.ts';
import type { ControlOptions } from './options.ts';

const CONFIG = resolve(import.meta.dirname, '../../../config');

/** Rejects with CliError where there are no such simulators, or a file is there already. */
export async function writeHomesSite(named: string, { control: base }: ControlOptions): Promise<void> {
  const { meters } = await control(base, { path: '/meters', schema: metersAnswer });
  const { lines } = await control(base, { path: '/state', schema: stateAnswer });
  const folder = callerPath(named);
  try {
    mkdirSync(folder, { recursive: true });
    const files = homesSite({ lines, meters, configFolder: relative(folder, CONFIG) });
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { flag: 'wx' });
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code === 'EEXIST') throw new CliError(`${error.path ?? named} is there already`, 'name a new folder');
    throw new CliError(`${error.path ?? named} cannot be written: ${systemWords(error)}`);
  }
  console.log(`${folder}: ${meters.length} meters. Next: scripts/gatehouse run ${join(named, 'site.yaml')}`);
}
