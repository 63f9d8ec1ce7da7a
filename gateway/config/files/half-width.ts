/** Full-width letters, digits and signs, as a Chinese keyboard types them → those of ASCII. What is none stays. */

/** From a full-width character to its own of ASCII: Unicode, Halfwidth and Fullwidth Forms. */
const OFFSET = 0xff01 - 0x21;

export function halfWidth(text: string): string {
  if (!/[\uff01-\uff5e\u3000]/.test(text)) return text;
  return text
    .replace(/[\uff01-\uff5e]/g, (character) => String.fromCharCode(character.charCodeAt(0) - OFFSET))
    .replaceAll('\u3000', ' ');
}
