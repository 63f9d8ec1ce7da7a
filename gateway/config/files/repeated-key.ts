/** JSON whose objects have a key twice: what they mean is up to the reader (RFC 8259, 4), and `JSON.parse` does not tell. */
import { parseDocument } from 'yaml';

/** The first key that stands twice in one object of `text`, which is JSON; null where there is none. */
export function repeatedKey(text: string): string | null {
  // Every JSON text is YAML too, and this reader looks for them.
  const { errors } = parseDocument(text, { prettyErrors: false, logLevel: 'error', stringKeys: true });
  const twice = errors.find(({ code }) => code === 'DUPLICATE_KEY');
  if (!twice) return null;
  const [key = '""'] = /"(?:[^"\\]|\\.)*"/.exec(text.slice(twice.pos[0])) ?? [];
  return JSON.parse(key) as string;
}
