/** A table as spreadsheets save it: its first line names the columns, each further line is a row. */
import type { Spot } from '../mistakes/mistake.ts';
import { nearest, suggest } from '../mistakes/suggest.ts';
import { halfWidth } from './half-width.ts';
import { splitLine, type Cell } from './table-line.ts';

export interface TableColumns<C extends string> {
  readonly all: readonly C[];
  readonly required: readonly C[];
}

export interface TableRow<C extends string> {
  readonly line: number;
  /**
   * Cells with something in them; split anew at each look. Whoever reads a row looks once, and only a mistake makes anybody look
   * again: the cells of thousands of rows are not worth keeping.
   */
  readonly cells: ReadonlyMap<C, Cell>;
}

export interface Table<C extends string> {
  /** Null where none could be made out. */
  readonly header: { readonly line: number; readonly columns: ReadonlySet<C> } | null;
  readonly rows: readonly TableRow<C>[];
  /** Required columns that it lacks, and those that an unknown name may mean: said once, and of no row. */
  readonly lacks: ReadonlySet<C>;
  /** What stands in lines that could not be read, cell by cell as far as that can be said: a name among it may be that of such a line. */
  readonly unread: ReadonlySet<string>;
  readonly spots: readonly Spot[];
}

const SEPARATORS = [',', ';', '\t'] as const;

interface Header<C extends string> {
  readonly line: number;
  readonly separator: string;
  readonly names: readonly Cell[];
  /** The column under each name; null where that is none of ours, or stands twice. */
  readonly taken: readonly (C | null)[];
}

interface Line {
  readonly line: number;
  readonly text: string;
}

/** A table of this many rows, or of this many columns, is none that a person keeps. */
const MOST_ROWS = 100_000;
const MOST_COLUMNS = 200;

/** Line by line: a quote that is never closed spoils one row only. Every line that is no row is named. */
export function readTable<C extends string>(text: string, columns: TableColumns<C>): Table<C> {
  const [first, ...body] = linesOf(text);
  const hint = `first line: ${columns.required.join(',')}, and what else there is`;
  if (!first) return nothing([spotAt({ line: 1 }, 1, 'the file is empty', hint)]);
  const separator = separatorOf(first.text, columns);
  const split = splitLine(first.text, separator);
  if (!split.ok) return nothing([quoteSpot(first, split)]);
  const names = split.cells.map((cell) => ({ ...cell, text: halfWidth(cell.text) }));
  const isTable = names.length <= MOST_COLUMNS && names.some(({ text: name }) => isOneOf(columns.all, name));
  if (!isTable) return nothing([spotAt(first, 1, 'the first line names no columns', hint)]);
  const spots = headerSpots(first, names, columns);
  const taken = names.map(({ text: name }, index) => {
    const isFirst = names.findIndex((other) => other.text === name) === index;
    return isFirst && isOneOf(columns.all, name) ? name : null;
  });
  const header: Header<C> = { line: first.line, separator, names, taken };
  const rows: TableRow<C>[] = [];
  const unread = new Set<string>();
  for (const line of body) {
    const fault = faultOf(line, header);
    if (!fault) rows.push(new Row(line, header));
    else {
      spots.push(fault);
      for (const part of line.text.split(separator)) unread.add(halfWidth(part).replaceAll('"', '').trim());
    }
  }
  const end = body.at(MOST_ROWS - 1);
  if (end) spots.push(spotAt(end, 1, `what follows is not read: a table has at most ${MOST_ROWS} rows`));
  const known = new Set(taken.filter((column) => column !== null));
  return { header: { line: first.line, columns: known }, rows, lacks: lacking(names, columns), unread, spots };
}

function lacking<C extends string>(names: readonly Cell[], { all, required }: TableColumns<C>): Set<C> {
  const named = names.filter(({ text }) => text !== '');
  const meant = named.map(({ text }) => nearest(text, all));
  const absent = (column: C): boolean => !names.some(({ text }) => text === column);
  return new Set([...required, ...all.filter((column) => meant.includes(column))].filter(absent));
}

/** Spreadsheets leave rows of nothing but separators below the last: they are none. */
function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const [index, content] of text.split(/\r\n?|\n/).entries()) {
    if (lines.length > MOST_ROWS) break;
    if (/[^\s,;"]/.test(content)) lines.push({ line: index + 1, text: content });
  }
  return lines;
}

function nothing(spots: readonly Spot[]): Table<never> {
  return { header: null, rows: [], lacks: new Set(), unread: new Set(), spots };
}

/** The one that brings out most of the columns. */
function separatorOf<C extends string>(header: string, { all }: TableColumns<C>): string {
  const known = (separator: string): number => {
    const split = splitLine(header, separator);
    return split.ok ? split.cells.filter(({ text }) => isOneOf(all, halfWidth(text))).length : 0;
  };
  return SEPARATORS.reduce((best, next) => (known(next) > known(best) ? next : best), ',');
}

function headerSpots<C extends string>(
  first: Line,
  names: readonly Cell[],
  { all, required }: TableColumns<C>,
): Spot[] {
  const named = names.filter(({ text }) => text !== '');
  const unknown = named.filter(({ text }) => !isOneOf(all, text));
  const missing = required.filter((column) => !named.some(({ text }) => text === column));
  const repeated = named.filter((cell, index) => named.findIndex(({ text }) => text === cell.text) < index);
  return [
    ...unknown.map(({ text, column }) =>
      spotAt(first, column, `unknown column ${JSON.stringify(text)}`, suggest(text, all)),
    ),
    ...repeated.map(({ text, column }) => spotAt(first, column, `the column ${JSON.stringify(text)} stands twice`)),
    ...missing.map((name) => spotAt(first, 1, `the column ${JSON.stringify(name)} is missing`)),
  ];
}

class Row<C extends string> implements TableRow<C> {
  readonly line: number;
  readonly #text: string;
  readonly #header: Header<C>;

  constructor({ line, text }: Line, header: Header<C>) {
    this.line = line;
    this.#text = text;
    this.#header = header;
  }

  get cells(): ReadonlyMap<C, Cell> {
    const { separator, taken } = this.#header;
    const split = splitLine(this.#text, separator);
    const cells = new Map<C, Cell>();
    for (const [index, cell] of (split.ok ? split.cells : []).entries()) {
      const column = taken[index];
      if (column && cell.text !== '') cells.set(column, cell);
    }
    return cells;
  }
}

/** Why a line is no row. */
function faultOf(line: Line, { separator, names }: Header<string>): Spot | null {
  const split = splitLine(line.text, separator);
  if (!split.ok) return quoteSpot(line, split);
  if (split.cells.length > names.length) {
    const message = `${split.cells.length} cells, and there are ${names.length} columns`;
    return spotAt(line, 1, message, 'put a cell that has a separator in it in quotes');
  }
  const stray = split.cells.find(({ text }, index) => text !== '' && names[index]?.text === '');
  return stray
    ? spotAt(line, stray.column, 'this cell stands under no column', 'give the column a name, or empty the cell')
    : null;
}

function quoteSpot(line: Line, { column, fault }: { column: number; fault: 'unclosed' | 'inside' }): Spot {
  return fault === 'unclosed'
    ? spotAt(line, column, 'a quote is opened on this line and not closed on it', 'a cell has no line breaks')
    : spotAt(line, column, 'a quote stands inside a cell', 'put the cell in quotes and write "" for each quote in it');
}

function spotAt({ line }: { readonly line: number }, column: number, message: string, hint?: string): Spot {
  return { line, column, message, hint, severity: 'error' };
}

function isOneOf<C extends string>(all: readonly C[], name: string): name is C {
  return all.some((known) => known === name);
}
