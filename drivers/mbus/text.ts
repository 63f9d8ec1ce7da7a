/** Text in records: ISO 8859-1, the last character first. EN 13757-3:2018, Table 5. */

const BLANK = 0x20;

/** What `bytes` spell, up to the first NUL; control characters are blanks, and blanks around it are left out. */
export function latin1FromEnd(bytes: Uint8Array): string {
  const characters = Array.from(bytes.toReversed());
  const end = characters.indexOf(0);
  const spelled = end < 0 ? characters : characters.slice(0, end);
  return String.fromCharCode(...spelled.map((code) => (isControl(code) ? BLANK : code))).trim();
}

function isControl(code: number): boolean {
  return code < BLANK || (code >= 0x7f && code < 0xa0);
}
