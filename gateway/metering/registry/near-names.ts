/** What was meant by a name that there is not, among many thousands. */
import { distance } from 'fastest-levenshtein';

/** The nearest is looked for so often: a table of ten thousand bad rows must not hold the gateway. */
const MOST_LOOKS = 20;
const MOST_TYPOS = 2;

/** A function that gives a hint to each name, while there are not too many; `otherwise` where none is near. */
export function nearNames(names: Iterable<string>, otherwise?: string): (wrong: string) => string | undefined {
  const known = [...names];
  const found = new Map<string, string | undefined>();
  return (wrong) => {
    if (!found.has(wrong) && found.size < MOST_LOOKS) found.set(wrong, nearest(wrong, known));
    const near = found.get(wrong);
    return near === undefined ? otherwise : `did you mean ${JSON.stringify(near)}?`;
  };
}

function nearest(wrong: string, names: readonly string[]): string | undefined {
  let best: { readonly name: string; readonly typos: number } | undefined;
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) > MOST_TYPOS) continue;
    const typos = typosBetween(wrong, name);
    // Two of five characters are another name.
    if (typos <= MOST_TYPOS && 3 * typos <= name.length && (best === undefined || typos < best.typos))
      best = { name, typos };
  }
  return best?.name;
}

/** Two digits in the wrong order count once, though the edit distance counts them twice. */
function typosBetween(wrong: string, name: string): number {
  const edits = distance(wrong, name);
  const sorted = (text: string): string => text.split('').sort().join('');
  return edits === 2 && sorted(wrong) === sorted(name) ? 1 : edits;
}
