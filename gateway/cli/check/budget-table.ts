/** What each bus has to do, as a table. Pure. */
import type { BusBudget } from '../../config/budget.ts';
import type { BusConfig } from '../../config/schema.ts';
import { addressOf } from '../line/bus-address.ts';
import type { Palette } from '../text/palette.ts';
import { table, type Column } from '../text/table.ts';

export interface Budgeted {
  readonly config: BusConfig;
  readonly budget: BusBudget;
}

const COLUMNS: readonly Column[] = [
  { title: 'bus' },
  { title: 'line' },
  { title: 'devices', align: 'right' },
  { title: 'exchanges/s', align: 'right' },
  { title: 'longest', align: 'right' },
  { title: 'of its time', align: 'right' },
  { title: '' },
];

/** The checks of the configuration warn above the first and refuse above the second. */
const LITTLE_ROOM = 0.8;
const FULL = 1;
const BAR_CELLS = 20;

export function budgetTable(buses: readonly Budgeted[], colours: Palette): string[] {
  const rows = buses.map(({ config, budget }) => {
    const { utilisation, exchangesPerSecond, longestExchangeMs, longestReplies } = budget;
    const paint = utilisation > FULL ? colours.bad : utilisation > LITTLE_ROOM ? colours.warning : colours.good;
    return [
      colours.name(config.id),
      addressOf(config),
      String(longestReplies.size),
      exchangesPerSecond.toFixed(2),
      `${longestExchangeMs.toFixed(0)} ms`,
      paint(`${(utilisation * 100).toFixed(1)} %`),
      paint(bar(utilisation)),
    ];
  });
  return table(COLUMNS, rows, colours);
}

function bar(share: number): string {
  const filled = Math.min(BAR_CELLS, Math.round(share * BAR_CELLS));
  return '█'.repeat(filled) + '░'.repeat(BAR_CELLS - filled);
}
