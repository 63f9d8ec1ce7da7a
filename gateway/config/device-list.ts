/** A CSV file of devices, for what comes by the thousand: one row, one device. */
import { CsvError, parse } from 'csv-parse/sync';
import { checkAgainst } from './mistakes/issues.ts';
import type { Finding, Spot } from './mistakes/mistake.ts';
import { suggest } from './mistakes/suggest.ts';
import { deviceSchema, type DeviceConfig } from './schema.ts';

/** The columns; a dot leads into a map, as `poll.slow`. Inputs and alarms of a device stand in the site file. */
export const COLUMNS = [
  'id', 'nameZh', 'bus', 'unit', 'address', 'profile', 'equipment', 'location', 'enabled', 'replyTimeoutMs',
  'poll.alarm', 'poll.fast', 'poll.normal', 'poll.slow', 'poll.rare', 'serial.baud', 'serial.format',
] as const; // prettier-ignore

type Column = (typeof COLUMNS)[number];

const NUMBERS: ReadonlySet<Column> = new Set([
  'unit', 'replyTimeoutMs', 'poll.alarm', 'poll.fast', 'poll.normal', 'poll.slow', 'poll.rare', 'serial.baud',
]); // prettier-ignore

const FIRST_LINE = 'first line: id,nameZh,bus,unit,profile';

export interface DeviceList {
  readonly devices: readonly { readonly device: DeviceConfig; readonly line: number }[];
  readonly spots: readonly Spot[];
}

interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Every row with a mistake is named and left out. */
export function parseDeviceList(text: string): DeviceList {
  const { rows, spots } = readRows(text);
  const [header, ...body] = rows;
  if (!header) return { devices: [], spots: spots.length > 0 ? spots : [spot(1, 'the file is empty', FIRST_LINE)] };
  // A first line that cannot be read leaves a row of devices in its place.
  if (spots.some(({ line }) => line < header.line)) return { devices: [], spots };
  const wrong = checkHeader(header);
  if (wrong.length > 0) return { devices: [], spots: [...spots, ...wrong] };
  const checked = body.map((row) => checkRow(row, header.cells as Column[]));
  return {
    devices: checked.flatMap(({ device }) => device ?? []),
    spots: [...spots, ...checked.flatMap((row) => row.spots)],
  };
}

/** Line by line: no cell has a line break in it, so that a quote that is never closed spoils one row only. */
function readRows(text: string): { rows: Row[]; spots: Spot[] } {
  const rows: Row[] = [];
  const spots: Spot[] = [];
  for (const [index, content] of text.split(/\r\n?|\n/).entries()) {
    const line = index + 1;
    try {
      const [cells = []] = parse(content, { trim: true });
      // Spreadsheets leave rows of nothing but commas below the last.
      if (cells.some((cell) => cell !== '')) rows.push({ line, cells });
    } catch (error) {
      if (!(error instanceof CsvError)) throw error;
      spots.push(quoteSpot(error, line));
    }
  }
  return { rows, spots };
}

function quoteSpot(error: CsvError, line: number): Spot {
  return error.code === 'CSV_QUOTE_NOT_CLOSED'
    ? spot(line, 'a quote is opened on this line and not closed on it', 'a cell has no line breaks')
    : spot(line, 'a quote stands inside a cell', 'put the cell in quotes and write "" for each quote in it');
}

function checkHeader({ line, cells }: Row): Spot[] {
  const separator = /[;\t|]/.exec(cells[0] ?? '')?.[0];
  if (cells.length === 1 && separator !== undefined) {
    const found = separator === '\t' ? 'tabs' : `"${separator}"`;
    return [spot(line, `the columns are separated by ${found}`, 'save it as CSV with commas')];
  }
  if (!cells.some((cell) => COLUMNS.some((column) => column === cell))) {
    return [spot(line, 'the first line names no columns', FIRST_LINE)];
  }
  const unknown = cells.filter((cell) => !COLUMNS.some((column) => column === cell));
  const repeated = cells.filter((cell, index) => cells.indexOf(cell) < index);
  const missing = (['id', 'bus', 'profile'] as const).filter((column) => !cells.includes(column));
  return [
    ...unknown.map((name) => spot(line, `unknown column ${JSON.stringify(name)}`, suggest(name, COLUMNS))),
    ...repeated.map((name) => spot(line, `the column ${JSON.stringify(name)} stands twice`)),
    ...(cells.includes('unit') || cells.includes('address')
      ? []
      : [spot(line, 'there is neither a column "unit" nor "address"')]),
    ...missing.map((name) => spot(line, `the column ${JSON.stringify(name)} is missing`)),
  ];
}

function checkRow(
  { line, cells }: Row,
  columns: readonly Column[],
): { device?: { device: DeviceConfig; line: number }; spots: Spot[] } {
  if (cells.length > columns.length) {
    const hint = 'put a cell that has a comma in it in quotes';
    return { spots: [spot(line, `${cells.length} cells, and there are ${columns.length} columns`, hint)] };
  }
  const result = checkAgainst(deviceSchema, rawDevice(cells, columns));
  if (result.ok) return { device: { device: result.value, line }, spots: [] };
  return { spots: result.findings.map((finding) => atLine(finding, line)) };
}

/** The device as it would stand in YAML; an empty cell is a key that is not there. */
function rawDevice(cells: readonly string[], columns: readonly Column[]): Record<string, unknown> {
  const raw: Record<string, unknown> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    if (cell === '') continue;
    const [outer, inner] = column.split('.') as [string, string | undefined];
    if (inner === undefined) raw[outer] = valueOf(column, cell);
    else raw[outer] = { ...(raw[outer] as object | undefined), [inner]: valueOf(column, cell) };
  }
  return raw;
}

function valueOf(column: Column, cell: string): string | number | boolean {
  if (NUMBERS.has(column) && /^-?\d+(\.\d+)?$/.test(cell)) return Number(cell);
  if (column === 'enabled' && /^(true|false)$/i.test(cell)) return cell.toLowerCase() === 'true';
  return cell;
}

function atLine({ message, hint, severity }: Finding, line: number): Spot {
  return { line, column: 1, message, hint, severity };
}

function spot(line: number, message: string, hint?: string): Spot {
  return { line, column: 1, message, hint, severity: 'error' };
}
