/** One line of a table → its cells, each with where it stands. RFC 4180, but for line breaks inside a cell. */

export interface Cell {
  /** Without the blanks around it. */
  readonly text: string;
  /** Where it begins in the line, from 1. */
  readonly column: number;
}

export type SplitLine =
  | { readonly ok: true; readonly cells: readonly Cell[] }
  | { readonly ok: false; readonly column: number; readonly fault: 'unclosed' | 'inside' };

/** `separator` is one character. */
export function splitLine(line: string, separator: string): SplitLine {
  const cells: Cell[] = [];
  for (let at = 0; at <= line.length;) {
    const quoted = quotedAt(line, at, separator);
    if (quoted !== null && 'fault' in quoted) return { ok: false, ...quoted };
    const { cell, end } = quoted ?? plainAt(line, at, separator);
    if (quoted === null && cell.text.includes('"')) {
      return { ok: false, column: line.indexOf('"', at) + 1, fault: 'inside' };
    }
    cells.push(cell);
    at = end + 1;
  }
  return { ok: true, cells };
}

/** `end`: where the separator behind the cell stands, or the line ends. */
interface CellAt {
  readonly cell: Cell;
  readonly end: number;
}

function plainAt(line: string, at: number, separator: string): CellAt {
  const next = line.indexOf(separator, at);
  const end = next < 0 ? line.length : next;
  return { cell: { text: line.slice(at, end).trim(), column: at + 1 }, end };
}

/** Null where no quote opens the cell. */
function quotedAt(
  line: string,
  at: number,
  separator: string,
): CellAt | { readonly column: number; readonly fault: 'unclosed' | 'inside' } | null {
  let open = at;
  while (line[open] === ' ') open += 1;
  if (line[open] !== '"') return null;
  let close = line.indexOf('"', open + 1);
  while (close >= 0 && line[close + 1] === '"') close = line.indexOf('"', close + 2);
  if (close < 0) return { column: open + 1, fault: 'unclosed' };
  const { cell: behind, end } = plainAt(line, close + 1, separator);
  if (behind.text !== '') return { column: close + 2, fault: 'inside' };
  const text = line.slice(open + 1, close).replaceAll('""', '"');
  return { cell: { text: text.trim(), column: open + 1 }, end };
}
