/** "Did you mean …" for a misspelt name. */
import { closest, distance } from 'fastest-levenshtein';

/** Says which of `known` is near to `name`; otherwise lists them all. Starts with a semicolon, to end a message. */
export function suggestion(name: string, known: readonly string[], what: string): string {
  if (known.length === 0) return '';
  const nearest = closest(name, known);
  const near = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(nearest.length / 3));
  return near ? `; did you mean "${nearest}"?` : `; known ${what}: ${known.join(', ')}`;
}
