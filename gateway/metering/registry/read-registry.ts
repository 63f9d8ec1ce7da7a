/** The text of the registry's tables → their rows, and what is wrong with each line and with all of them together. Pure. */
import { readTable } from '../../config/files/table.ts';
import type { Mistake } from '../../config/mistakes/mistake.ts';
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
const HOMES = { all: Object.keys(HOME_COLUMNS) as HomeColumn[], required: REQUIRED_OF_HOMES };

/** Every mistake is said: one in a line keeps no other from being found. */
export function readRegistry({ meters: texts, homes: homesText, protocolOf }: RegistryTexts): RegistryRows {
  const tables = texts.map(readMeters);
  const meters = tables.flatMap((table) => table.meters);
  const homes = homesText && readHomes(homesText);
  const mistakes = [
    ...tables.flatMap((table) => table.mistakes),
    ...(homes?.mistakes ?? []),
    ...checkNumbers(meters),
    ...checkHomes(homes?.homes ?? []),
    ...checkHomesOfMeters(meters, homes?.homes ?? null),
    ...checkChains(meters),
    ...checkOccupancy(meters, protocolOf),
  ];
  return { meters, homes: homes?.homes ?? [], mistakes };
}

function readMeters({ file, text }: TableText): { meters: MeterRow[]; mistakes: Mistake[] } {
  const table = readTable(text, METERS);
  const read = table.rows.map((row) => readMeterRow(file, row, table.lacks));
  const spots = [...table.spots, ...read.flatMap((row) => row.spots)];
  return { meters: read.flatMap(({ meter }) => meter ?? []), mistakes: spots.map((spot) => ({ file, ...spot })) };
}

function readHomes({ file, text }: TableText): { homes: HomeRow[]; mistakes: Mistake[] } {
  const table = readTable(text, HOMES);
  const read = table.rows.map((row) => readHomeRow(file, row, table.lacks));
  const spots = [...table.spots, ...read.flatMap((row) => row.spots)];
  return { homes: read.flatMap(({ home }) => home ?? []), mistakes: spots.map((spot) => ({ file, ...spot })) };
}
