/** Steps of a billing run. */
import { fullRunSchema, runSchema } from '../../api/resources/billing.ts';
import type { Utility } from '../../metering/model.ts';
import { getApi, postApi } from '../api/client.ts';
import type { ChangeOptions } from '../api/options.ts';
import { CliError } from '../exit.ts';
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

export interface AcceptOptions extends ChangeOptions {
  readonly note: string;
  readonly all?: string;
  readonly draft?: number;
}

/** What the gateway takes at once. */
const KEYS_AT_ONCE = 1_000;

/** Those of `keys`, or all of a kind that keep the run from being closed. Throws CliError where there is none. */
export async function acceptFindings(run: string, keys: readonly string[], options: AcceptOptions): Promise<void> {
  const { all, draft, note, by } = options;
  const path = pathOf(run);
  const wanted = all === undefined ? keys : keysOf(await getApi(options, path, fullRunSchema), all);
  let accepted: FullRun | undefined;
  for (let at = 0; at < wanted.length; at += KEYS_AT_ONCE) {
    const body = { keys: wanted.slice(at, at + KEYS_AT_ONCE), note, by, ...(draft !== undefined && { draft }) };
    accepted = await postApi(options, `${path}/accept`, body, fullRunSchema);
  }
  if (accepted) print(accepted, options);
}

function keysOf({ run, findings, blocking }: FullRun, code: string): string[] {
  const open = new Set(blocking);
  const keys = findings.filter((finding) => finding.code === code && open.has(finding.key)).map(({ key }) => key);
  if (keys.length === 0) throw new CliError(`${run} has no ${code} that is to be accepted`);
  return keys;
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
