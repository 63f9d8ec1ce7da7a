/** The text of the registry's tables → their rows, and what is wrong with each line and with all of them together. Pure. */
import { readTable, type TableColumns, type TableRow } from '../../config/files/table.ts';
import type { Mistake, Spot } from '../../config/mistakes/mistake.ts';
import { checkChains } from './check-chains.ts';
import { checkHomes, checkHomesOfMeters, checkNumbers } from './check-names.ts';
import { checkOccupancy, type ProtocolOf } from './check-occupancy.ts';
import { HOME_COLUMNS, METER_COLUMNS, REQUIRED_OF_HOMES, REQUIRED_OF_METERS } from './columns.ts';
import type { HomeColumn, MeterColumn } from './columns.ts';
import { readHomeRow, type HomeRow } from './home-row.ts';
import { readMeterRow, type MeterRow } from './meter-row.ts';

export interface TableText {
  readonly file: string;
  readonly text: string;
}

export interface RegistryRows {
  readonly meters: readonly MeterRow[];
  readonly homes: readonly HomeRow[];
  readonly mistakes: readonly Mistake[];
}

export interface RegistryTexts {
  readonly meters: readonly TableText[];
  /** Null where nobody can say which homes there are: then no meter is told that its home is unknown. */
  readonly homes: TableText | null;
  readonly protocolOf: ProtocolOf;
}

const METERS = { all: Object.keys(METER_COLUMNS) as MeterColumn[], required: REQUIRED_OF_METERS };
export const HOMES = { all: Object.keys(HOME_COLUMNS) as HomeColumn[], required: REQUIRED_OF_HOMES };

/** Every mistake is said: one in a line keeps no other from being found, and makes none where there is none. */
export function readRegistry({ meters: texts, homes: homesText, protocolOf }: RegistryTexts): RegistryRows {
  const tables = texts.map((text) => rowsOf(text, METERS, readMeterRow));
  const meters = tables.flatMap(({ rows }) => rows);
  const unread = new Set(tables.flatMap((table) => [...table.unread]));
  const homes = homesText && rowsOf(homesText, HOMES, readHomeRow);
  const mistakes = [
    ...tables.flatMap((table) => table.mistakes),
    ...(homes?.mistakes ?? []),
    ...checkNumbers(meters),
    ...(homes ? [...checkHomes(homes.rows), ...checkHomesOfMeters(meters, homes.rows, homes.unread)] : []),
    ...checkChains(meters, unread),
    ...checkOccupancy(meters, protocolOf),
  ];
  return { meters, homes: homes?.rows ?? [], mistakes };
}

type ReadRow<C extends string, R> = (
  file: string,
  row: TableRow<C>,
  lacks: ReadonlySet<C>,
) => { readonly value: R | null; readonly spots: readonly Spot[] };

function rowsOf<C extends string, R>({ file, text }: TableText, columns: TableColumns<C>, readRow: ReadRow<C, R>) {
  const table = readTable(text, columns);
  const read = table.rows.map((row) => readRow(file, row, table.lacks));
  const spots = [...table.spots, ...read.flatMap((row) => row.spots)];
  return {
    rows: read.flatMap(({ value }) => value ?? []),
    unread: table.unread,
    mistakes: spots.map((spot): Mistake => ({ file, ...spot })),
  };
}
