/** The values that a meter sends with a data identifier. */
import { hex } from '../bytes/hex.ts';
import type { Version } from './control-codes.ts';
import { decodeValue } from './decode-value.ts';
import { unknown, type DecodedValue } from './decoded-value.ts';
import { sizeOf, type Format, type ItemUnit } from './format.ts';
import type { Item, Part, Series } from './item.ts';
import { itemOf1997 } from './items-1997.ts';
import { itemOf2007 } from './items-2007.ts';

export interface LabelledValue extends DecodedValue {
  /** What it is among the values of its item: `total`, `tariff 1`, `A` … */
  readonly label?: string;
  /** '' where a number has none, such as a power factor. */
  readonly unit?: ItemUnit;
  /** The quantity's name by IEC 62056-6-1. */
  readonly obis?: string;
}

export interface DecodedItem {
  /** DI3 first (1997: DI1 first), in hex. */
  readonly di: string;
  /** Null where no table knows the item; its data is then `rest`. */
  readonly name: string | null;
  /** `one`: exactly one value. */
  readonly shape: 'one' | 'series' | 'record';
  readonly values: readonly LabelledValue[];
  /** In hex as on the wire, without the +33H: bytes that belong to no value. */
  readonly rest?: string;
  /** The data ended with the AA that closes blocks in 1997. */
  readonly blockEnd?: true;
}

const BLOCK_END = 0xaa;

/** The item that `di` names in its version; null where no table knows it. */
export function itemOf(di: string, version: Version): Item | null {
  return version === '2007' ? itemOf2007(di) : itemOf1997(di);
}

/** `data`: what follows the identifier in the reply, or in all replies of a read. */
export function decodeItem(di: string, data: Uint8Array, version: Version): DecodedItem {
  const item = itemOf(di, version);
  if (item === null) return { di, name: null, shape: 'record', values: [], ...restOf(data) };
  const { name } = item;
  switch (item.shape) {
    case 'one': {
      const size = sizeOf(item.format) ?? data.length;
      const value = labelled(item.format, data.subarray(0, size), version, undefined, item.obis);
      return { di, name, shape: 'one', values: [value], ...restOf(data.subarray(size)) };
    }
    case 'series':
      return { di, name, ...decodeSeries(item, data, version) };
    case 'record':
      return { di, name, shape: 'record', ...decodeParts(item.parts, data, version) };
    case 'block': {
      const parts = item.partsIn(data.length);
      return {
        di,
        name,
        shape: 'record',
        ...(parts === null ? { values: [], ...restOf(data) } : decodeParts(parts, data, version)),
      };
    }
  }
}

type Values = Omit<DecodedItem, 'di' | 'name'>;

function decodeSeries(item: Series, data: Uint8Array, version: Version): Values {
  const size = sizeOf(item.format) ?? 1;
  const blockEnd = version === '1997' && data.at(-1) === BLOCK_END && data.length % size === 1 % size;
  const length = data.length - (blockEnd ? 1 : 0);
  const count = Math.floor(length / size);
  const isOne = count === 1 && item.mayBeOne === true;
  const labels = isOne || (item.labelsNeedAll === true && count !== item.labels.length) ? [] : item.labels;
  const values = Array.from({ length: count }, (_, index) => {
    const bytes = data.subarray(index * size, (index + 1) * size);
    return labelled(
      item.format,
      bytes,
      version,
      labels[index],
      isOne || labels.length > 0 ? item.obis?.[index] : undefined,
    );
  });
  const rest = restOf(data.subarray(count * size, length));
  return { shape: isOne ? 'one' : 'series', values, ...rest, ...(blockEnd ? { blockEnd } : {}) };
}

function decodeParts(parts: readonly Part[], data: Uint8Array, version: Version): Pick<Values, 'values' | 'rest'> {
  let at = 0;
  const values = parts.map(({ label, format, obis }) => {
    const bytes = data.subarray(at, at + (sizeOf(format) ?? data.length));
    at += bytes.length;
    return labelled(format, bytes, version, label, obis);
  });
  return { values, ...restOf(data.subarray(at)) };
}

function labelled(format: Format, bytes: Uint8Array, version: Version, label?: string, obis?: string): LabelledValue {
  const unit = format.kind === 'number' ? format.unit : format.kind === 'demand' ? format.number.unit : undefined;
  return {
    ...(label === undefined ? {} : { label }),
    ...(bytes.length === 0 ? unknown('the meter sent none') : decodeValue(format, bytes, version)),
    ...(unit === undefined ? {} : { unit }),
    ...(obis === undefined ? {} : { obis }),
  };
}

function restOf(bytes: Uint8Array): { readonly rest?: string } {
  return bytes.length === 0 ? {} : { rest: hex(bytes) };
}
