/** A CSV file of devices, for what comes by the thousand: one row, one device. */
import { readTable, type TableRow } from './files/table.ts';
import { checkAgainst } from './mistakes/issues.ts';
import type { Spot } from './mistakes/mistake.ts';
import type { Path } from './mistakes/path.ts';
import { deviceSchema, type DeviceConfig } from './schema.ts';
import { mend } from './stand-ins.ts';

/** The columns; a dot leads into a map, as `poll.slow`; semicolons part contacts. Inputs and alarms of a device stand in the site file. */
export const COLUMNS = [
  'id', 'nameZh', 'bus', 'unit', 'address', 'profile', 'equipment', 'fedBy', 'location', 'cameraRef',
  'contacts', 'enabled', 'replyTimeoutMs',
  'poll.alarm', 'poll.fast', 'poll.normal', 'poll.slow', 'poll.rare', 'serial.baud', 'serial.format',
] as const; // prettier-ignore

type Column = (typeof COLUMNS)[number];

const REQUIRED = ['id', 'bus', 'profile'] as const satisfies Column[];

const NUMBERS: ReadonlySet<Column> = new Set([
  'unit', 'replyTimeoutMs', 'poll.alarm', 'poll.fast', 'poll.normal', 'poll.slow', 'poll.rare', 'serial.baud',
]); // prettier-ignore

export interface DeviceInList {
  /** Where a cell has a mistake, the device stands on another value there. */
  readonly device: DeviceConfig;
  readonly line: number;
  /** Where its cells begin in the line, by column. */
  readonly columns: ReadonlyMap<string, number>;
  /** Paths of the device that could not be read. */
  readonly lost: readonly Path[];
}

export interface DeviceList {
  readonly devices: readonly DeviceInList[];
  /** Whether every row that there is became a device with an id. */
  readonly whole: boolean;
  readonly spots: readonly Spot[];
}

/** Every mistake of every row is named. */
export function parseDeviceList(text: string): DeviceList {
  const { header, rows, lacks, unread, spots } = readTable(text, { all: COLUMNS, required: REQUIRED });
  const addressed = header === null || header.columns.has('unit') || header.columns.has('address');
  const unaddressed = addressed || lacks.has('unit') || lacks.has('address') ? [] : [sayUnaddressed(header.line)];
  const unknown = new Set<Column>([...lacks, ...(addressed ? [] : (['unit', 'address'] as const))]);
  const checked = rows.map((row) => checkRow(row, unknown));
  const devices = checked.flatMap(({ device }) => device ?? []);
  const named = devices.every(({ lost }) => !lost.some((path) => path[0] === 'id'));
  return {
    devices,
    whole: header !== null && unread.size === 0 && named && devices.length === rows.length,
    spots: [...spots, ...unaddressed, ...checked.flatMap((row) => row.spots)],
  };
}

function sayUnaddressed(line: number): Spot {
  return { line, column: 1, message: 'there is neither a column "unit" nor "address"', severity: 'error' };
}

/** `unknown`: columns that the whole table is without, of which no row is told. */
function checkRow(row: TableRow<Column>, unknown: ReadonlySet<Column>): { device?: DeviceInList; spots: Spot[] } {
  const { line, cells } = row;
  const columns = new Map<string, number>([...cells].map(([column, cell]) => [column, cell.column]));
  const raw = rawDevice(cells);
  const result = checkAgainst(deviceSchema, raw);
  const absent = [...unknown].map((column) => column.split('.'));
  if (result.ok) return { device: { device: result.value, line, columns, lost: absent }, spots: [] };
  const told = result.findings.filter(({ path }) => !unknown.has(path.join('.') as Column));
  const spots = told.map(({ path, message, hint, severity }): Spot => ({
    ...{ line, column: columns.get(path.join('.')) ?? 1 },
    ...{ message, hint, severity },
  }));
  const mended = mend(deviceSchema, raw);
  return mended
    ? { device: { device: mended.value, line, columns, lost: [...absent, ...mended.lost] }, spots }
    : { spots };
}

/** The device as it would stand in YAML; an empty cell is a key that is not there. */
function rawDevice(cells: TableRow<Column>['cells']): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [column, { text }] of cells) {
    const [outer, inner] = column.split('.') as [string, string | undefined];
    if (inner === undefined) raw[outer] = valueOf(column, text);
    else raw[outer] = { ...(raw[outer] as object | undefined), [inner]: valueOf(column, text) };
  }
  return raw;
}

function valueOf(column: Column, cell: string): string | number | boolean | string[] {
  if (column === 'contacts') return cell.split(/[;；]/).map((contact) => contact.trim());
  if (NUMBERS.has(column) && /^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  if (column === 'enabled' && /^(true|false)$/i.test(cell)) return cell.toLowerCase() === 'true';
  return cell;
}
