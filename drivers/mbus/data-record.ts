/** A record as we give it on: an exact value in a unit of ours, or the reason why there is none. */
import { registerText } from '../bytes/bcd-low-first.ts';
import { add, multiply, toText, type Decimal } from '../bytes/decimal.ts';
import { hex } from '../bytes/hex.ts';
import { dataInformation, type DataInformation } from './data-information.ts';
import { codingOf, readField, type FieldValue } from './field-value.ts';
import { readDate } from './date-time.ts';
import type { RawRecord } from './raw-record.ts';
import { isQualifier, type Modifier } from './vife-table.ts';
import { modifiersOf } from './vife.ts';
import type { VifMeaning } from './vif-row.ts';
import { valueInformation } from './vif.ts';

export interface DataRecord extends DataInformation {
  /** What is measured, in libmbus's words where it has any; null where the standard reserves the VIF. */
  readonly quantity: string | null;
  /** The VIFEs' names, in their order. */
  readonly modifiers: readonly string[];
  /** Those of them that make it another quantity than the VIF's: not what scales it, and not what says that it is wrong. */
  readonly qualifiers: readonly string[];
  /** A decimal number with the register's decimals, a date, a time or a text; null for a reason. */
  readonly value: string | null;
  readonly unit: string | null;
  /** Of a register: it counts in 10^exponent of the unit. Null where it has no such step, as a real number has none. */
  readonly exponent: number | null;
  readonly reason?: string;
  /** DIF and DIFEs, VIF and VIFEs, data: in hex, as they stand in the telegram. */
  readonly dib: string;
  readonly vib: string;
  readonly data: string;
}

/** What the value is, without where it stands. */
type Read = Pick<DataRecord, 'value' | 'unit' | 'exponent' | 'reason'>;

/** Reads one data record (`raw.kind` is `data`). */
export function readDataRecord(raw: RawRecord): DataRecord {
  const { meaning, combinable } = valueInformation(raw);
  const modifiers = modifiersOf(combinable);
  return {
    ...dataInformation(raw.dif, raw.difes),
    quantity: meaning?.quantity ?? null,
    modifiers: modifiers.map(({ name }) => name),
    qualifiers: modifiers.filter(isQualifier).map(({ name }) => name),
    ...(meaning === null ? without(`unknown VIF ${vibText(raw)}`) : readValue(raw, meaning, modifiers)),
    dib: hex(Uint8Array.of(raw.dif, ...raw.difes)),
    vib: vibText(raw),
    data: hex(raw.data),
  };
}

function readValue(raw: RawRecord, meaning: VifMeaning, modifiers: readonly Modifier[]): Read {
  const invalid = modifiers.find((one) => one.invalid !== undefined)?.invalid;
  if (invalid !== undefined) return without(invalid);
  const instead = modifiers.find((one) => one.instead !== undefined)?.instead;
  if (instead === 'date' || (instead === undefined && meaning.coding === 'date')) return readDateValue(raw);
  if (meaning.coding === 'opaque') return without('its coding is not decoded');
  const field = readField(raw, meaning.coding === 'unsigned');
  if (field.kind === 'none') return without(field.reason);
  if (field.kind === 'text') return textRead(field.text);
  if (instead === undefined) return scaled(field, meaning, modifiers);
  return { value: textOf(field, 0), unit: instead === 'count' ? null : instead, exponent: stepOf(field, 0) };
}

/** A date is binary data; a clock that is spelled out is a text. */
function readDateValue(raw: RawRecord): Read {
  if (codingOf(raw.dif) === 'binary') {
    const date = readDate(raw.data);
    return date.ok ? textRead(date.text) : without(date.reason);
  }
  const field = readField(raw, true);
  return field.kind === 'text' ? textRead(field.text) : without('not coded as a date or time');
}

type Numeric = Extract<FieldValue, { kind: 'integer' | 'real' }>;

function scaled(field: Numeric, meaning: VifMeaning, modifiers: readonly Modifier[]): Read {
  const exponent = modifiers.reduce((sum, { shift }) => sum + (shift ?? 0), meaning.exponent);
  const offset = modifiers.find((one) => one.offset !== undefined)?.offset;
  // `unit of VIF`: with the VIF's power of ten or without it, sources disagree; where that is 1, it is the same.
  if (offset !== undefined && exponent !== 0) return without('the unit of its additive correction is not certain');
  const unit = modifiers.reduce<string | null>((text, { per }) => withPer(text, per), meaning.unit);
  if (offset !== undefined || meaning.factor !== 1n) {
    const product = multiply(decimalOfField(field), { digits: meaning.factor, exponent });
    const sum = offset === undefined ? product : add(product, { digits: 1n, exponent: offset });
    return { value: toText(sum), unit, exponent: null };
  }
  return { value: textOf(field, exponent), unit, exponent: stepOf(field, exponent) };
}

function stepOf({ kind }: Numeric, exponent: number): number | null {
  return kind === 'integer' ? exponent : null;
}

/** With all the decimals that the register has: 2850420 at 10⁻³ is 2850.420. A real has those that it needs. */
function textOf(field: Numeric, exponent: number): string {
  if (field.kind === 'real') return toText(multiply(field.value, { digits: 1n, exponent }));
  const sign = field.value < 0n ? '-' : '';
  return sign + registerText(String(field.value).replace('-', ''), -exponent);
}

function decimalOfField(field: Numeric): Decimal {
  return field.kind === 'real' ? field.value : { digits: field.value, exponent: 0 };
}

function withPer(unit: string | null, per: string | undefined): string | null {
  return per === undefined ? unit : `${unit ?? '1'}${per}`;
}

function textRead(text: string): Read {
  return { value: text, unit: null, exponent: null };
}

function without(reason: string): Read {
  return { value: null, unit: null, exponent: null, reason };
}

function vibText({ vif, vifes, plainText }: RawRecord): string {
  const text = plainText.length === 0 ? [] : [plainText.length, ...plainText];
  return hex(Uint8Array.of(vif, ...text, ...vifes));
}
