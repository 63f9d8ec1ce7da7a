/** "Did you mean …" for a misspelt name. */
import { closest, distance } from 'fastest-levenshtein';

/** Says which of `known` is near to `name`; otherwise lists them all. Starts with a semicolon, to end a message. */
export function suggestion(name: string, known: readonly string[], what: string): string {
  if (known.length === 0) return '';
  const meant = nearName(name, known);
  return meant === null ? `; known ${what}: ${known.join(', ')}` : `; did you mean "${meant}"?`;
}

/** Which of `known` somebody will have meant by `name`; null where none is near to it. */
export function nearName(name: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const nearest = closest(name, known);
  const near = distance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, Math.floor(nearest.length / 3));
  return near ? nearest : null;
}
