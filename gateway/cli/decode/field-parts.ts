/** What a driver's explanation says of a frame besides its bytes, a line for each of its fields. Pure. */
import type { FrameEntry, Part } from './entry.ts';

const NO_BYTES = new Uint8Array();

/** `shown`: names of the fields that stand beside their bytes. */
export function fieldParts(fields: FrameEntry['fields'], shown: ReadonlySet<string | undefined>): Part[] {
  const rest = Object.entries(fields).filter(([name]) => !shown.has(name));
  return rest.flatMap(([name, value]) => said(name, value));
}

/** A list has a line for each of its entries. */
function said(name: string, value: unknown): Part[] {
  if (Array.isArray(value) && value.some((entry) => typeof entry === 'object' && entry !== null))
    return value.map((entry, index) => ({ bytes: NO_BYTES, name: `${name} ${index + 1}`, meaning: textOf(entry) }));
  return [{ bytes: NO_BYTES, name, meaning: textOf(value) }];
}

export function textOf(value: unknown): string {
  if (value === undefined) return '';
  if (value === null) return 'none';
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, entry]) => `${key} ${textOf(entry)}`)
      .join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
