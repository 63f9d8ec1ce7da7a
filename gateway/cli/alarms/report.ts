/** `alarms report`: what happened in one occurrence, as text, as JSON or as a document to be printed. */
import { reportSchema } from '../../api/resources/incident-report.ts';
import { downloadApi, getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { usageError } from '../exit.ts';
import { paletteFor } from '../text/palette.ts';
import { reportLines } from './report-lines.ts';

export interface ReportOptions extends ShowOptions {
  readonly html?: boolean;
}

/** Rejects with CliError where there is no such occurrence. */
export async function showReport(occurrence: string, { html, ...options }: ReportOptions): Promise<void> {
  if (html && options.json) throw usageError('--json and --html are two forms of one report', 'leave one of them away');
  const path = `/alarms/occurrences/${encodeURIComponent(occurrence)}/report`;
  if (html) {
    process.stdout.write(await downloadApi(options, `${path}.html`));
    return;
  }
  const report = await getApi(options, path, reportSchema);
  if (options.json) console.log(JSON.stringify(report));
  else console.log(reportLines(report, paletteFor(process.stdout)).join('\n'));
}
