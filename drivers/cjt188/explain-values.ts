/** The values of an item and the bits of a status, by the names that captures use. */
import type { DecodedField } from './decode-fields.ts';
import type { DecodedItem } from './decode-item.ts';
import type { MeterStatus } from './decode-status.ts';

export type FieldValue = string | number | boolean | null | Readonly<Record<string, string>>;
export type Fields = Readonly<Record<string, FieldValue>>;

/** Every value under its name, its unit beside it; `reasons` says why one is null or must not be used. */
export function itemFields({ fields, reason }: DecodedItem): Fields {
  const reasons = Object.assign({}, ...fields.map(reasonOf)) as Readonly<Record<string, string>>;
  return {
    ...(Object.assign({}, ...fields.map(valuesOf)) as Fields),
    ...(reason === undefined ? {} : { reason }),
    ...(Object.keys(reasons).length === 0 ? {} : { reasons }),
  };
}

function valuesOf(field: DecodedField): Fields {
  switch (field.type) {
    case 'measured': {
      const unitName = field.name === 'value' ? 'unit' : `${field.name}Unit`;
      const code = field.unit === null ? { [`${unitName}Code`]: field.unitCode } : {};
      return { [field.name]: field.shown, [unitName]: field.unit, ...code };
    }
    case 'number':
      return { [field.name]: field.value };
    case 'time':
      return { [field.name]: field.time.text, [`${field.name}Raw`]: field.time.raw };
    case 'status':
      return statusFields(field.status);
    case 'raw':
      return { [field.name]: field.hex };
  }
}

export function statusFields({ st, valve, batteryLow, reason }: MeterStatus): Fields {
  return { st, valve, batteryLow, ...(reason === undefined ? {} : { stReason: reason }) };
}

function reasonOf(field: DecodedField): Readonly<Record<string, string>> {
  const reason = field.type === 'time' ? field.time.reason : 'reason' in field ? field.reason : undefined;
  return reason === undefined ? {} : { [field.name]: reason };
}
