/** A value with mistakes in it → the same value, where what is wrong has been taken out or stands on something else. */
import type { z } from 'zod';
import { valueAt, type Path } from './mistakes/path.ts';

type Issue = z.core.$ZodIssue;

export interface Mended<T> {
  readonly value: T;
  /** What was taken out. */
  readonly lost: readonly Path[];
}

/** A stand-in may be wrong once more, for its form; no value here is deeper than this many mistakes. */
const MOST_ROUNDS = 6;

/** Sections that a site may be without, and most of which has nothing to stand on. */
const WHOLE = ['monitoringStation', 'fireRelease'];

/** Null where too little is left. `raw` is not changed. What has a default stands on it, a text on one of its own. */
export function mend<S extends z.ZodType>(schema: S, raw: unknown): Mended<z.output<S>> | null {
  const rest: unknown = structuredClone(raw);
  const lost = new Map<string, Path>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = schema.safeParse(rest);
    if (result.success) return { value: result.data, lost: [...lost.values()] };
    for (const issue of result.error.issues) {
      const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
      if (issue.code === 'unrecognized_keys') removeKeys(valueAt(rest, path), issue.keys);
      else {
        const out = takeOut(rest, path, issue);
        lost.set(JSON.stringify(out), out);
      }
    }
  }
  return null;
}

/** The path of what was taken out: of an entry of a list, the list, as the others would move up. */
function takeOut(rest: unknown, path: Path, issue: Issue): Path {
  const [section] = path;
  if (typeof section === 'string' && WHOLE.includes(section)) {
    removeKeys(rest, [section]);
    return [section];
  }
  const key = path.at(-1);
  const above = path.slice(0, -1);
  if (typeof key === 'number') return takeOut(rest, above, issue);
  const map = valueAt(rest, above);
  if (key === undefined || typeof map !== 'object' || map === null) return path;
  if (Object.hasOwn(map, key)) Reflect.deleteProperty(map, key);
  else Object.assign(map, { [key]: standIn(issue, path) });
  return path;
}

/** Of the kind that the schema misses; a text is none that stands elsewhere, and can be an id. */
function standIn(issue: Issue, path: Path): unknown {
  if (path.at(-1) === 'password') return 'scrypt$';
  if (issue.code === 'invalid_value') return issue.values[0];
  if (issue.code !== 'invalid_type') return undefined;
  switch (issue.expected) {
    case 'string':
      return `unreadable-${path.join('-')}`;
    case 'number':
    case 'int':
      return 0;
    case 'array':
      return [];
    case 'object':
      return {};
    default:
      return undefined;
  }
}

function removeKeys(map: unknown, keys: readonly string[]): void {
  if (typeof map !== 'object' || map === null) return;
  for (const key of keys) Reflect.deleteProperty(map, key);
}
