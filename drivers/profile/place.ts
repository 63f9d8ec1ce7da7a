/** Names a part of a profile as a person would: "point voltageL1", "action open". */
import { record } from './record.ts';

const KINDS: Readonly<Record<string, string>> = { points: 'point', actions: 'action', setup: 'setup of' };

/** What `path` is about, with a colon and a blank; empty for the profile's own fields. */
export function placeOf(raw: unknown, path: readonly PropertyKey[]): string {
  const [list, index] = path;
  const kind = typeof list === 'string' ? KINDS[list] : undefined;
  if (kind === undefined || typeof index !== 'number') return '';
  const item = record(valueAt(raw, [list, index]));
  const name = item[list === 'setup' ? 'point' : 'key'];
  return `${kind} ${typeof name === 'string' ? name : `number ${index}`}: `;
}

/** The raw value at `path`; undefined where there is none. */
export function valueAt(raw: unknown, path: readonly (PropertyKey | undefined)[]): unknown {
  return path.reduce<unknown>((at, step) => (step === undefined ? at : record(at)[String(step)]), raw);
}
