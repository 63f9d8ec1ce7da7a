/** How a run stands, and what is to be looked at in it. */
import type { z } from 'zod';
import { fullRunSchema } from '../../api/resources/billing.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { counted } from '../text/counted.ts';
import { paletteFor, type Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

export type FullRun = z.output<typeof fullRunSchema>;

export async function showRun(run: string, options: ShowOptions): Promise<void> {
  const found = await fullRun(run, options);
  if (options.json) console.log(JSON.stringify(found));
  else console.log(runLines(found, paletteFor(process.stdout)).join('\n'));
}

export async function showFindings(
  run: string,
  { blocking = false, ...options }: ShowOptions & { readonly blocking?: boolean },
): Promise<void> {
  const found = await fullRun(run, options);
  const keys = new Set(found.blocking);
  const findings = found.findings.filter(({ key }) => !blocking || keys.has(key));
  if (options.json) console.log(JSON.stringify(findings));
  else console.log(findingLines({ ...found, findings }, paletteFor(process.stdout)).join('\n'));
}

function fullRun(run: string, options: ShowOptions): Promise<FullRun> {
  return getApi(options, `/billing/runs/${encodeURIComponent(run)}`, fullRunSchema);
}

/** What a clerk sees after each step. */
export function runLines(run: FullRun, colours: Palette): string[] {
  const { strong, warning, bad, good, faint } = colours;
  const { figures, blocking, findings, state } = run;
  if (state === 'discarded')
    return [
      `${strong(run.run)}: discarded${run.draft > 0 ? ` after draft ${run.draft}` : ''}`,
      `  drafting it opens it again`,
    ];
  if (figures === null) return [`${strong(run.run)}: ${warning('there is no whole draft')}`, `  draft it first`];
  const { lines, withoutConsumption, consumption, unit, byQuality } = figures;
  const qualities = Object.entries(byQuality).flatMap(([name, count]) => (count > 0 ? `${name} ${count}` : []));
  const obstacles = blocking.length > 0 ? `, ${bad(`${blocking.length} keep it from being closed`)}` : '';
  return [
    `${strong(run.run)}: ${state === 'draft' || state === 'checked' ? state : good(state)}, draft ${run.draft}`,
    `  ${counted(lines, 'line')} (${qualities.join(', ')}), ${consumption} ${unit}` +
      (withoutConsumption > 0 ? `, ${warning(`${withoutConsumption} without consumption`)}` : ''),
    ...(state === 'draft' ? [] : [`  ${counted(findings.length, 'finding')}${obstacles}`]),
    ...run.corrections.map(({ chain, replaces, why }) => `  corrects ${chain} of ${replaces}: ${why}`),
    ...(run.closed ? [`  closed by ${run.closed.by} at ${run.closed.at ?? ''}`] : []),
    ...(run.manifest === null ? [] : [`  manifest ${run.manifest}`]),
    ...(run.dropped === null ? [] : [`  handed over at ${run.dropped}`]),
    ...(run.handoverTrouble === null
      ? []
      : [`  ${bad('not handed over')}: ${run.handoverTrouble}`, `  tried every minute`]),
    ...(run.acknowledged ? [`  acknowledged by ${run.acknowledged.by} at ${run.acknowledged.at ?? ''}`] : []),
    faint(`  registry ${run.registry ?? ''}`),
  ];
}

const COLUMNS: readonly Column[] = [{ title: '' }, { title: 'key' }, { title: 'home' }, { title: 'what' }];

export function findingLines({ run, findings, blocking }: FullRun, colours: Palette): string[] {
  if (findings.length === 0) return [`${run}: nothing to look at`];
  const keys = new Set(blocking);
  const rows = findings.map(({ key, home, weight, zh, en, accepted }) => [
    accepted ? colours.good('accepted') : keys.has(key) ? colours.bad(weight) : colours.warning(weight),
    colours.name(key),
    home ?? 'public',
    accepted ? `${zh} / ${en} (${accepted.by}: ${accepted.note})` : `${zh} / ${en}`,
  ]);
  return [...table(COLUMNS, rows, colours), '', `${counted(findings.length, 'finding')}, ${blocking.length} blocking`];
}
