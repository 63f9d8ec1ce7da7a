/** The bill as another program reads it: openpyxl, which has nothing to do with what wrote the workbook. */
import { execFileSync } from 'node:child_process';
import { z } from 'zod';

/** Each cell as text; a number by its shortest decimal, with the decimals of its cell's format. */
const OPENPYXL = `
import json, sys, decimal, warnings, openpyxl
warnings.simplefilter('ignore')
def text(cell):
    if cell.value is None: return ''
    if cell.data_type != 'n': return str(cell.value)
    places = len(cell.number_format.partition('.')[2])
    return str(decimal.Decimal(repr(cell.value)).quantize(decimal.Decimal(1).scaleb(-places)))
sheet = openpyxl.load_workbook(sys.argv[1], read_only=True).active
print(json.dumps([[text(cell) for cell in row] for row in sheet.iter_rows()]))
`;
const MOST_BYTES = 512 * 1024 * 1024;

/** One end of a line: `at` local time, as `2026-11-01T00:00:00`; all empty where there is no value. */
export interface SheetBoundary {
  readonly at: string;
  readonly value: string;
  /** 冻结, 实抄 …, in the words of the bill. */
  readonly source: string;
}

export interface SheetLine {
  readonly meter: string;
  readonly obis: string;
  readonly opening: SheetBoundary;
  readonly closing: SheetBoundary;
  /** Empty where nothing is billed. */
  readonly consumption: string;
  readonly reasons: string;
}

export function readWorkbook(file: string): SheetLine[] {
  const json = execFileSync('/usr/bin/python3', ['-c', OPENPYXL, file], { maxBuffer: MOST_BYTES });
  const [titles = [], ...rows] = z.array(z.array(z.string())).parse(JSON.parse(json.toString()));
  return rows.map((row) => lineOf(new Map(titles.map((title, column) => [title, row[column] ?? '']))));
}

function lineOf(cells: ReadonlyMap<string, string>): SheetLine {
  const cell = (title: string): string => {
    const text = cells.get(title);
    if (text === undefined) throw new Error(`the workbook has no column ${title}`);
    return text;
  };
  const boundary = (end: string): SheetBoundary => ({
    at: cell(`${end}时间`).replace(' ', 'T'),
    value: cell(`${end}读数`),
    source: cell(`${end}来源`),
  });
  return {
    ...{ meter: cell('表号'), obis: cell('OBIS'), consumption: cell('用量'), reasons: cell('说明') },
    ...{ opening: boundary('期初'), closing: boundary('期末') },
  };
}
