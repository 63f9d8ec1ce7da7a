/** A cell that was understood, or why not and what would be right. */

export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly message: string; readonly hint?: string | undefined };

/** What a spreadsheet makes of a long number that it was not told to leave alone. */
const SCIENTIFIC = /^\d+(\.\d+)?E[+-]?\d+$/i;

export function parsed<T>(value: T): Parsed<T> {
  return { ok: true, value };
}

/** `what` must be the case, and `text` is not it. */
export function refused(text: string, what: string, hint?: string): Parsed<never> {
  if (!SCIENTIFIC.test(text)) return { ok: false, message: `${what}, not ${shown(text)}`, hint };
  const message = `is ${shown(text)}: a spreadsheet has rounded it, and its digits are gone`;
  return { ok: false, message, hint: 'format the column as text, and enter the number again' };
}

const LONGEST_SHOWN = 60;

function shown(text: string): string {
  const quoted = JSON.stringify(text);
  return quoted.length > LONGEST_SHOWN ? `${quoted.slice(0, LONGEST_SHOWN)}…` : quoted;
}
