/** `alarms button-test`: notes that somebody has tried the alarm button of a lift. */
import { z } from 'zod';
import { postApi } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { paletteFor } from '../text/palette.ts';

export interface ButtonTestOptions extends ChangeOptions {
  readonly result: string;
  readonly note?: string;
}

const answerSchema = z.object({ pressedAt: z.iso.datetime().nullable(), stored: z.boolean() });

/** Rejects with CliError where it is refused. */
export async function noteButtonTest(lift: string, options: ButtonTestOptions): Promise<void> {
  const { by, result, note = null } = options;
  const path = `/lifts/${encodeURIComponent(lift)}/button-tests`;
  const answer = await postApi(options, path, { by, result, note }, answerSchema);
  if (options.json) {
    console.log(JSON.stringify(answer));
    return;
  }
  const { good, warning } = paletteFor(process.stdout);
  const press = answer.pressedAt === null ? 'no press was seen' : `the press was seen at ${answer.pressedAt}`;
  const loss = answer.stored ? '' : warning('; not on the disk yet: the store cannot be written');
  console.log(`${good('✓')} ${lift}: ${result}; ${press}${loss}`);
}
