/** Event codes that are sent for alarms and named in explanations: SIA DC-03 and Ademco Contact ID (SIA DC-05). */

/** By the code that is sent when it begins: what it is, and the code that says that it is over. */
export const SIA_CODES: Readonly<Record<string, { readonly name: string; readonly restore: string }>> = {
  FA: { name: 'fire alarm', restore: 'FR' },
  FT: { name: 'fire trouble', restore: 'FJ' },
  BA: { name: 'burglary alarm', restore: 'BR' },
  PA: { name: 'panic alarm', restore: 'PR' },
  HA: { name: 'hold-up alarm, silent', restore: 'HR' },
  QA: { name: 'emergency alarm', restore: 'QR' },
  GA: { name: 'gas alarm', restore: 'GR' },
  WA: { name: 'water alarm', restore: 'WR' },
  TA: { name: 'tamper alarm', restore: 'TR' },
  AT: { name: 'AC power loss', restore: 'AR' },
  YC: { name: 'communication fault', restore: 'YK' },
  IA: { name: 'equipment fault', restore: 'IR' },
};

export const CONTACT_ID_EVENTS: Readonly<Record<number, string>> = {
  101: 'emergency alarm',
  110: 'fire alarm',
  120: 'panic alarm',
  121: 'duress',
  130: 'burglary alarm',
  137: 'tamper alarm',
  144: 'sensor tamper',
  151: 'gas alarm',
  154: 'water leakage',
  301: 'AC power loss',
  350: 'communication fault',
  373: 'fire trouble',
};

export const CONTACT_ID_QUALIFIERS: Readonly<Record<number, string>> = {
  1: 'new',
  3: 'restore',
  6: 'previously reported',
};

/** What a SIA code says, whether it begins or ends something; undefined for one that is not here. */
export function siaMeaning(code: string): string | undefined {
  const begun = Object.hasOwn(SIA_CODES, code) ? SIA_CODES[code] : undefined;
  if (begun) return begun.name;
  const over = Object.values(SIA_CODES).find(({ restore }) => restore === code);
  return over && `${over.name} restored`;
}
