/** Billing runs, a line each. */
import type { z } from 'zod';
import { runSchema } from '../../api/resources/billing.ts';
import { pageSchema } from '../../api/schema/pages.ts';
import type { Utility } from '../../metering/model.ts';
import { getApi } from '../api/client.ts';
import type { ShowOptions } from '../api/options.ts';
import { counted } from '../text/counted.ts';
import { paletteFor, type Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

export interface RunsOptions extends ShowOptions {
  readonly utility?: Utility;
  readonly period?: string;
  readonly unacknowledged?: boolean;
}

const COLUMNS: readonly Column[] = [
  { title: 'run' },
  { title: 'state' },
  { title: 'draft', align: 'right' },
  { title: 'lines', align: 'right' },
  { title: 'without', align: 'right' },
  { title: 'consumption', align: 'right' },
  { title: '' },
  { title: 'closed by' },
];

export async function listRuns({ utility, period, unacknowledged, ...options }: RunsOptions): Promise<void> {
  const query = new URLSearchParams();
  if (utility !== undefined) query.set('utility', utility);
  if (period !== undefined) query.set('period', period);
  if (unacknowledged) query.set('unacknowledged', 'true');
  const answer = await getApi(options, `/billing/runs?${query.toString()}`, pageSchema(runSchema));
  if (options.json) {
    console.log(JSON.stringify(answer));
    return;
  }
  const colours = paletteFor(process.stdout);
  const rows = answer.items.map(({ run, state, draft, figures, closed, handoverTrouble }) => [
    colours.name(run),
    stateOf({ state, figures, handoverTrouble }, colours),
    String(draft),
    String(figures?.lines ?? ''),
    figures && figures.withoutConsumption > 0 ? colours.warning(String(figures.withoutConsumption)) : '',
    figures?.consumption ?? '',
    figures?.unit ?? '',
    closed?.by ?? '',
  ]);
  console.log([...table(COLUMNS, rows, colours), '', counted(answer.total, 'run')].join('\n'));
}

function stateOf(
  { state, figures, handoverTrouble }: Pick<z.output<typeof runSchema>, 'state' | 'figures' | 'handoverTrouble'>,
  { faint, warning, bad }: Palette,
) {
  if (state === 'discarded') return faint(state);
  if (handoverTrouble !== null) return `${state}, ${bad('not handed over')}`;
  return figures === null ? warning('to be drafted') : state;
}
