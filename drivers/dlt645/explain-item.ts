/** The fields of a data item, by the names that captures use. */
import type { Version } from './control-codes.ts';
import { decodeItem, itemOf, type DecodedItem, type LabelledValue } from './decode-item.ts';

/** Plain JSON. */
export type Field =
  string | number | boolean | null | undefined | readonly Field[] | { readonly [name: string]: Field };
export type Fields = Readonly<Record<string, Field>>;

/** Bytes of an identifier. */
export const DI_LENGTH: Readonly<Record<Version, number>> = { '2007': 4, '1997': 2 };
const OFFSET = 0x33;

/** The identifier at the start of `data`, the highest byte first, in capitals; null where `data` is too short. */
export function identifierIn(data: Uint8Array, version: Version): string | null {
  const length = DI_LENGTH[version];
  if (data.length < length) return null;
  return Buffer.from(data.subarray(0, length)).reverse().toString('hex').toUpperCase();
}

/** `di` and what it names. */
export function identifierFields(di: string, version: Version): Fields {
  const name = itemOf(di, version)?.name;
  return { di, item: name ?? 'unknown item', ...(name === undefined ? twiceOffset(di, version) : {}) };
}

/** The values of the item `di` in `data`, which is what follows the identifier. */
export function itemFields(di: string, data: Uint8Array, version: Version): Fields {
  const item = decodeItem(di, data, version);
  return {
    ...identifierFields(di, version),
    ...(item.shape === 'one'
      ? oneField(item.values[0])
      : item.shape === 'series'
        ? seriesFields(item)
        : recordField(item)),
    ...(item.blockEnd === true ? { blockEndAA: true } : {}),
    ...(item.rest === undefined ? {} : { [item.values.length === 0 ? 'raw' : 'rest']: item.rest }),
  };
}

/** Some masters add 33H twice: the frame is sound, and its identifier is nonsense. */
function twiceOffset(di: string, version: Version): Fields {
  const once = Buffer.from(Buffer.from(di, 'hex').map((byte) => byte - OFFSET))
    .toString('hex')
    .toUpperCase();
  return itemOf(once, version) === null
    ? {}
    : { note: `33H seems to have been added twice: without that it is ${once}` };
}

function oneField(value: LabelledValue | undefined): Fields {
  return value === undefined ? {} : { ...value };
}

function seriesFields({ values }: DecodedItem): Fields {
  const all = (name: 'label' | 'obis' | 'reason' | 'nonBcd' | 'time'): Field => {
    const found = values.map((value) => value[name] ?? null);
    return found.some((one) => one !== null) ? found : undefined;
  };
  const unit = values[0]?.unit;
  return defined({
    values: values.map(({ value }) => value),
    unit,
    labels: all('label'),
    reasons: all('reason'),
    nonBcd: all('nonBcd'),
    times: all('time'),
    obis: all('obis'),
  });
}

function recordField({ values }: DecodedItem): Fields {
  return values.length === 0 ? {} : { record: values.map((value) => ({ ...value })) };
}

function defined(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, field]) => field !== undefined));
}
