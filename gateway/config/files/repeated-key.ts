/** JSON whose objects have a key twice: what they mean is up to the reader (RFC 8259, 4), and `JSON.parse` does not tell. */

/** In JSON all else is numbers, words, commas and blanks. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:]/g;

/** The first key that stands twice in one object of `text`, which `JSON.parse` takes; null where there is none. */
export function repeatedKey(text: string): string | null {
  // Of each object and list that is open, the keys so far; a list has none.
  const open: Set<string>[] = [];
  let lastText = '';
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (token !== ':') lastText = token;
    else {
      const key = JSON.parse(lastText) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return null;
}
