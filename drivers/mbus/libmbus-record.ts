/**
 * A record as libmbus's normalised output has it: its words, its units, its number. For comparison with other systems and
 * with libmbus's own test frames; nothing is billed by it. Behaviour: mbus_data_variable_xml_normalized and
 * mbus_parse_variable_record of libmbus 0.9.0 and its test output of 0.10.0 (BSD-3-Clause, Raditex Control AB).
 */
import { dataInformation } from './data-information.ts';
import { libmbusField } from './libmbus-field.ts';
import { printedBytes } from './printed-bytes.ts';
import { printedF } from './printed-f.ts';
import { MORE_FOLLOW, type RawRecord } from './raw-record.ts';
import { valueInformation } from './vif.ts';
import type { VifMeaning } from './vif-row.ts';

/** All are text. Only `id` where libmbus does not know the VIF or the coding. */
export interface LibmbusRecord {
  readonly id: string;
  readonly Function?: string;
  readonly StorageNumber?: string;
  readonly Tariff?: string;
  readonly Device?: string;
  readonly Unit?: string;
  readonly Quantity?: string;
  readonly Value?: string;
}

const FUNCTIONS = {
  instantaneous: 'Instantaneous value',
  maximum: 'Maximum value',
  minimum: 'Minimum value',
  error: 'Value during error state',
} as const;

/** libmbus's units where they are spelled or counted otherwise than ours. Its month and year are mean ones. */
const UNITS: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  m3: ['m^3', 1],
  'm3/h': ['m^3/h', 1],
  'm3/min': ['m^3/min', 1],
  'm3/s': ['m^3/s', 1],
  ft3: ['feet^3', 1],
  gal: ['American gallon', 1],
  'gal/min': ['American gallon/min', 1],
  'gal/h': ['American gallon/h', 1],
  min: ['s', 60],
  h: ['s', 3600],
  d: ['s', 86_400],
  month: ['s', 2_629_743.83],
  year: ['s', 31_556_926],
  baud: ['Baud', 1],
  'bit times': ['Bittimes', 1],
  'currency units': ['Currency units', 1],
};

const PLAIN_TEXT = 0x7c;
const RESERVED_PRIMARY = 0x6f;
const EXTENSION_TABLES: ReadonlySet<number> = new Set([0xfb, 0xfd]);

/** `id`: the record's place in its telegram, counted from 0. */
export function libmbusRecord(raw: RawRecord, id: number): LibmbusRecord {
  const { function: which, storage, tariff, device } = dataInformation(raw.dif, raw.difes);
  if (raw.kind === 'special') {
    const name = raw.dif === MORE_FOLLOW ? 'More records follow' : 'Manufacturer specific';
    const Value = printedBytes(raw.data);
    return { id: String(id), Function: name, StorageNumber: '0', Unit: '', Quantity: '', Value };
  }
  const field = libmbusField(raw);
  const words = libmbusWords(raw);
  if (field === null || words === null) return { id: String(id) };
  return {
    id: String(id),
    Function: FUNCTIONS[which],
    StorageNumber: String(storage),
    ...(tariff === null || device === null ? {} : { Tariff: String(tariff), Device: String(device) }),
    Unit: words.unit,
    Quantity: words.quantity,
    Value: typeof field === 'string' ? field : printedF(corrected(raw, field * words.factor)),
  };
}

interface Words {
  readonly quantity: string;
  readonly unit: string;
  readonly factor: number;
}

function libmbusWords(raw: RawRecord): Words | null {
  const { meaning } = valueInformation(raw);
  if ((raw.vif & 0x7f) === PLAIN_TEXT) return { quantity: meaning?.quantity ?? '', unit: '-', factor: 1 };
  if (meaning !== null) return wordsOf(meaning);
  if (EXTENSION_TABLES.has(raw.vif)) return { quantity: 'Reserved', unit: 'Reserved', factor: 1 };
  const reserved = (raw.vif & 0x7f) === RESERVED_PRIMARY;
  return reserved ? { quantity: 'Reserved', unit: 'Reserved', factor: 0 } : null;
}

function wordsOf({ quantity, unit, exponent, libmbus }: VifMeaning): Words {
  const [spelled, factor] = UNITS[unit ?? ''] ?? [unit ?? '', 1];
  return {
    quantity: libmbus?.quantity ?? quantity,
    unit: libmbus?.unit ?? spelled,
    factor: libmbus?.factor ?? factor * power(exponent),
  };
}

/** libmbus heeds the first VIFE of a primary VIF, and of those only the corrections. */
function corrected({ vif, vifes }: RawRecord, value: number): number {
  const [first] = vifes;
  if (first === undefined || EXTENSION_TABLES.has(vif)) return value;
  const code = first & 0x7f;
  if (code >= 0x70 && code <= 0x77) return value * power((code & 0x07) - 6);
  if (code >= 0x78 && code <= 0x7b) return value + power((code & 0x03) - 3);
  return code === 0x7d ? value * 1000 : value;
}

/** The double nearest to 10^exponent, as C's literals and pow have it; `**` can be one step off. */
function power(exponent: number): number {
  return Number(`1e${exponent}`);
}
