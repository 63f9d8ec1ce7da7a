/** A workbook: numbers as numbers with the decimals of their register, numbers of meters as text. Decision 0008 says why by hand. */
import { decimalsOf } from '../figures.ts';
import { COLUMNS, type Cell } from './columns.ts';
import type { Rendering } from './rendering.ts';
import {
  BOLD,
  escaped,
  MOST_DECIMALS,
  SHEET_END,
  SHEET_PART,
  sheetBegin,
  styleOfDecimals,
  workbookParts,
} from './workbook.ts';
import { Zip } from './zip.ts';

/** A spreadsheet holds doubles: up to so many digits each decimal has one of its own (IEEE 754, DBL_DIG). */
const EXACT_DIGITS = 15;

/** The same lines give the same bytes. */
export function xlsxRendering(name: string): Rendering {
  const zip = new Zip();
  for (const [part, text] of workbookParts(name)) {
    const entry = zip.open(part);
    entry.add(text);
    entry.end();
  }
  const sheet = zip.open(SHEET_PART);
  sheet.add(sheetBegin(COLUMNS.map(({ width }) => width)));
  sheet.add(
    `<row r="1">${COLUMNS.map(({ title }, column) => textCell(`${LETTERS[column]}1`, title, BOLD)).join('')}</row>`,
  );
  let rows = 1;
  return {
    add: (_, cells) => {
      rows += 1;
      sheet.add(rowOf(rows, cells));
    },
    end: () => {
      sheet.add(SHEET_END);
      sheet.end();
      return zip.end();
    },
  };
}

/** There are fewer columns than letters. */
const LETTERS = COLUMNS.map((_, column) => String.fromCharCode('A'.charCodeAt(0) + column));

function rowOf(row: number, cells: readonly Cell[]): string {
  let text = `<row r="${row}">`;
  for (const [column, cell] of cells.entries()) text += cellOf(`${LETTERS[column]}${row}`, cell);
  return `${text}</row>`;
}

/** Nothing where there is nothing to show. */
function cellOf(at: string, cell: Cell): string {
  if (!('number' in cell)) return cell.text === '' ? '' : textCell(at, cell.text);
  const { number } = cell;
  if (number === null) return '';
  const decimals = decimalsOf(number);
  // With more digits it would be another number: then it is text, and the eye sees it.
  if (decimals > MOST_DECIMALS || significantDigits(number) > EXACT_DIGITS) return textCell(at, number);
  return `<c r="${at}" s="${styleOfDecimals(decimals)}"><v>${number}</v></c>`;
}

function significantDigits(number: string): number {
  return number.replace(/[-.]/g, '').replace(/^0+/, '').length;
}

/** 18.3.1.53: the text stands in the cell, and its spaces count. */
function textCell(at: string, text: string, style?: number): string {
  const styled = style === undefined ? '' : ` s="${style}"`;
  return `<c r="${at}"${styled} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`;
}
