import { distance } from 'fastest-levenshtein';

/** More names than this in a hint help nobody. */
const MOST_NAMES = 12;
/** Share of a name that may be mistyped and still be it. */
const MISTYPED = 0.4;

/** A hint towards what `wrong` was meant to be: the nearest name, or all of them while they are few. */
export function suggest(wrong: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const meant = nearest(wrong, names);
  if (meant !== undefined) return `did you mean ${JSON.stringify(meant)}?`;
  const listed = names.slice(0, MOST_NAMES).join(', ');
  return `there is ${listed}${names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''}`;
}

/** The name that `wrong` seems to be a mistyping of. */
export function nearest(wrong: string, names: readonly string[]): string | undefined {
  const word = wrong.toLowerCase().slice(0, 64);
  const [first] = names
    .map((name) => ({ name, typos: typos(word, name.toLowerCase()) }))
    .sort((a, b) => a.typos - b.typos);
  const isMistyped = first && first.typos <= Math.max(2, Math.round(first.name.length * MISTYPED));
  return isMistyped === true ? first.name : undefined;
}

/** Letters in the wrong order count once, though the edit distance counts them twice. */
function typos(word: string, name: string): number {
  const letters = (text: string): string => text.split('').sort().join('');
  const edits = distance(word, name);
  return edits > 1 && letters(word) === letters(name) ? edits - 1 : edits;
}
