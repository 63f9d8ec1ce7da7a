/** Arms and disarms a home, over the API. */
import { z } from 'zod';
import { homeSecuritySchema } from '../../api/resources/home-security.ts';
import { postApi } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { paletteFor } from '../text/palette.ts';
import { homeLine } from './home-lines.ts';

export interface ArmOptions extends ChangeOptions {
  readonly mode: string;
  readonly force?: boolean;
}

export interface DisarmOptions extends ChangeOptions {
  readonly duress?: boolean;
}

const answerSchema = z.object({ security: homeSecuritySchema, stored: z.boolean() });

/** Rejects with CliError where it is refused. */
export async function arm(home: string, { mode, force = false, ...options }: ArmOptions): Promise<void> {
  await ask(home, 'arm', { by: options.by, mode, force }, options);
}

/** Rejects with CliError where it is refused. */
export async function disarm(home: string, { duress = false, ...options }: DisarmOptions): Promise<void> {
  await ask(home, 'disarm', { by: options.by, duress }, options);
}

async function ask(home: string, verb: string, body: Readonly<Record<string, unknown>>, options: ChangeOptions) {
  const answer = await postApi(options, `/homes/${encodeURIComponent(home)}/${verb}`, body, answerSchema);
  if (options.json) {
    console.log(JSON.stringify(answer));
    return;
  }
  const colours = paletteFor(process.stdout);
  const loss = answer.stored ? '' : colours.warning('; not on the disk yet: the store cannot be written');
  console.log(`${colours.good('✓')} ${homeLine(answer.security, colours)}${loss}`);
}
