/** A handover sheet: in short, as JSON, or to be printed. */
import { sheetSchema } from '../../shifts/sheet/schema.ts';
import { downloadApi, getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { sheetLines } from './sheet-lines.ts';
import { paletteFor } from '../text/palette.ts';

export interface ShowSheetOptions extends ShowOptions {
  readonly html?: boolean;
}

/** `handover` null: as it is now. JSON and HTML are written as the API gives them: of what was signed, to the letter. */
export async function showSheet(handover: number | null, options: ShowSheetOptions): Promise<void> {
  const path = handover === null ? '/shifts/current/sheet' : `/handovers/${handover}/sheet`;
  if (options.html || options.json) {
    process.stdout.write(await downloadApi(options, options.html ? `${path}.html` : path));
    return;
  }
  const sheet = await getApi(options, path, sheetSchema);
  console.log(sheetLines(sheet, paletteFor(process.stdout)).join('\n'));
}
