/** A workbook: numbers as numbers with the decimals of their register, numbers of meters as text. */
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import { decimalsOf } from '../figures.ts';
import { COLUMNS, type Cell } from './columns.ts';
import type { Rendering } from './rendering.ts';

/** A spreadsheet holds doubles: up to so many digits each decimal has one of its own (IEEE 754, DBL_DIG). */
const EXACT_DIGITS = 15;

/** Not the same bytes each time: its container keeps the time. Whoever renders keeps the first. */
export function xlsxRendering(sheet: string): Rendering {
  const data: SheetData = [COLUMNS.map(({ title }) => ({ value: title, fontWeight: 'bold' as const }))];
  const columns = COLUMNS.map(({ width }) => ({ width }));
  return {
    add: (_, cells) => data.push(cells.map(cellOf)),
    end: () => writeExcelFile(data, { sheet, columns, stickyRowsCount: 1 }).toBuffer(),
  };
}

function cellOf(cell: Cell) {
  if (!('number' in cell)) return cell.text === '' ? null : { value: cell.text, type: String };
  const { number } = cell;
  if (number === null) return null;
  // With more digits it would be another number: then it is text, and the eye sees it.
  if (number.replace(/[-.]/g, '').replace(/^0+/, '').length > EXACT_DIGITS) return { value: number, type: String };
  const decimals = decimalsOf(number);
  return { value: Number(number), type: Number, format: decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}` };
}
