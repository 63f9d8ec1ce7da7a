/** How a Value lies in a column: SQLite has no boolean, so the kind travels beside it. */
import type { Quality, Value } from '../../../drivers/contract.ts';

export type Kind = 'number' | 'boolean' | 'string';

export function kindOf(value: Value): Kind | null {
  if (value === null) return null;
  return typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'number' : 'string';
}

export function toColumn(value: Value): number | string | null {
  return typeof value === 'boolean' ? Number(value) : value;
}

export function fromColumn(column: number | string | null, kind: Kind | null): Value {
  return kind === 'boolean' && column !== null ? column !== 0 : column;
}

const QUALITIES: readonly Quality[] = ['good', 'uncertain', 'bad'];

export function qualityToColumn(quality: Quality): number {
  return QUALITIES.indexOf(quality);
}

export function qualityFromColumn(column: number): Quality {
  return QUALITIES[column] ?? 'bad';
}
