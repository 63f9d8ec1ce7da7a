/** What is wrong with a configuration, said so that a person can mend it. */
import type { Path } from './path.ts';

export type Severity = 'error' | 'warning';

/** A place in a file; both count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Something wrong in a value, not yet traced to its file. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
  /** What would be right. */
  readonly hint?: string | undefined;
  readonly severity: Severity;
}

export function error(path: Path, message: string, hint?: string): Finding {
  return { path, message, hint, severity: 'error' };
}

export function warning(path: Path, message: string, hint?: string): Finding {
  return { path, message, hint, severity: 'warning' };
}

/** Something wrong at a place of a file. */
export interface Spot extends Position {
  readonly message: string;
  /** What would be right. */
  readonly hint?: string | undefined;
  readonly severity: Severity;
}

export interface Mistake extends Spot {
  readonly file: string;
}

/** A file of ten thousand bad rows has said enough after this many. */
const MOST_PER_FILE = 1_000;

/** Sorted by file and line, without repetitions; of a file with very many, the first thousand and how many follow. */
export function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  const distinct = [...new Map(mistakes.map((mistake) => [formatMistake(mistake), mistake])).values()];
  const sorted = distinct.sort(
    (a, b) =>
      compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.message, b.message),
  );
  return [...Map.groupBy(sorted, ({ file }) => file).values()].flatMap(shorten);
}

function shorten(ofFile: Mistake[]): Mistake[] {
  const last = ofFile[MOST_PER_FILE];
  if (!last) return ofFile;
  const rest = ofFile.slice(MOST_PER_FILE);
  const severity = rest.some((mistake) => mistake.severity === 'error') ? 'error' : 'warning';
  const { file, line, column } = last;
  const message = `and ${rest.length} more in this file from here on`;
  return [...ofFile.slice(0, MOST_PER_FILE), { file, line, column, message, severity }];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `config/site.yaml:12:5: error: unknown key "adress" (did you mean "address"?)` */
export function formatMistake({ file, line, column, severity, message, hint }: Mistake): string {
  return `${file}:${line}:${column}: ${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}`;
}
