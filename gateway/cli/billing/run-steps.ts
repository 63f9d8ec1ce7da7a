/** Steps of a billing run. */
import { fullRunSchema, runSchema } from '../../api/resources/billing.ts';
import type { Utility } from '../../metering/model.ts';
import { postApi } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { paletteFor } from '../text/palette.ts';
import { findingLines, runLines, type FullRun } from './run-show.ts';

export interface PeriodNamed {
  readonly utility: Utility;
  readonly period: string;
}

/** Drafts, and looks at what is found. `named` null: `run` is one that is there. */
export async function draftRun(run: string, named: PeriodNamed | null, options: ChangeOptions): Promise<void> {
  const { by } = options;
  const drafted =
    named === null
      ? await postApi(options, `${pathOf(run)}/draft`, { by }, fullRunSchema)
      : await postApi(options, '/billing/runs', { ...named, by }, runSchema);
  const checked = await postApi(options, `${pathOf(drafted.run)}/check`, { by }, fullRunSchema);
  print(checked, options);
  if (options.json || checked.findings.length === 0) return;
  console.log(['', ...findingLines(checked, paletteFor(process.stdout))].join('\n'));
}

export async function takeStep(
  run: string,
  verb: string,
  body: Readonly<Record<string, unknown>>,
  options: ChangeOptions,
): Promise<void> {
  print(await postApi(options, `${pathOf(run)}/${verb}`, { ...body, by: options.by }, fullRunSchema), options);
}

export function pathOf(run: string): string {
  return `/billing/runs/${encodeURIComponent(run)}`;
}

function print(run: FullRun, { json }: ChangeOptions): void {
  console.log(json ? JSON.stringify(run) : runLines(run, paletteFor(process.stdout)).join('\n'));
}
