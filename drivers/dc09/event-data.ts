/** The first data field of an event: SIA DC-04 in SIA-DCS frames, Contact ID in ADM-CID frames. Pure. */

/** As a data block of SIA DC-03 has it. */
export interface SiaEvent {
  /** Hex digits; null where it is that of the frame. */
  readonly account: string | null;
  /** N: it is new; O: it was kept and is told late. */
  readonly isNew: boolean;
  /** What stands before the code: area (`ri`), user (`id`), time (`ti`) and so on, with their letters. */
  readonly modifiers: readonly string[];
  /** Two capitals. */
  readonly code: string;
  /** The zone or point, where there is one. */
  readonly address: string | null;
  readonly text: string | null;
}

export interface ContactIdEvent {
  readonly account: string | null;
  /** 1 new, 3 restore, 6 previously reported. */
  readonly qualifier: number;
  /** Three digits. */
  readonly event: number;
  /** Two hex digits. */
  readonly group: string;
  /** Three hex digits: zone or user. */
  readonly zone: string;
}

const ACCOUNT = /^(?:#?([0-9A-Fa-f]{3,16})|#)?\|/;
const CONTACT_ID = /^([1-9])(\d{3}) ([0-9A-Fa-f]{2}) ([0-9A-Fa-f]{3})$/;
const SIA_CODE = /^([A-Z]{2})([0-9A-Fa-f]*)(?:[*'|^](.*?)\^?)?$/;

/** The field between the brackets, with neither. `zone`: four digits or fewer; RangeError for more. */
export function writeSia(event: { account: string; code: string; area: number; zone: number }): string {
  const { account, code, area, zone } = event;
  return `#${account}|Nri${area}/${code}${digits(zone, 4)}`;
}

/** `qualifier`: 1 new, 3 restore. RangeError for a group or zone that has too many digits. */
export function writeContactId(event: {
  account: string;
  qualifier: 1 | 3;
  event: number;
  group: number;
  zone: number;
}): string {
  const { account, qualifier, group, zone } = event;
  return `#${account}|${qualifier}${digits(event.event, 3)} ${digits(group, 2)} ${digits(zone, 3)}`;
}

/** Undefined for a field of another form. */
export function readSia(field: string): SiaEvent | undefined {
  const { account, rest } = opened(field);
  const isNew = rest.startsWith('N');
  if (!isNew && !rest.startsWith('O')) return undefined;
  const parts = rest.slice(1).split('/');
  const at = parts.findIndex((part) => SIA_CODE.test(part));
  const match = SIA_CODE.exec(parts.slice(at).join('/'));
  if (at < 0 || !match) return undefined;
  const [, code = '', address = '', text] = match;
  return { account, isNew, modifiers: parts.slice(0, at), code, address: address || null, text: text ?? null };
}

/** Undefined for a field of another form. */
export function readContactId(field: string): ContactIdEvent | undefined {
  const { account, rest } = opened(field);
  const match = CONTACT_ID.exec(rest);
  if (!match) return undefined;
  const [, qualifier, event, group = '', zone = ''] = match;
  return { account, qualifier: Number(qualifier), event: Number(event), group, zone };
}

function opened(field: string): { readonly account: string | null; readonly rest: string } {
  const match = ACCOUNT.exec(field);
  return { account: match?.[1] ?? null, rest: field.slice(match?.[0].length ?? 0) };
}

function digits(value: number, width: number): string {
  const text = String(value).padStart(width, '0');
  if (!/^\d+$/.test(text) || text.length > width) throw new RangeError(`${value} does not fit in ${width} digits`);
  return text;
}
