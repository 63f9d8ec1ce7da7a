/** The fields of what a slave sends. */
import type { DataRecord } from './data-record.ts';
import type { Explanation, Fields } from './explain-entry.ts';
import { hexByte, linkFields } from './explain-fields.ts';
import type { FixedCounter, FixedData } from './fixed-data.ts';
import type { Frame } from './frame.ts';
import type { LibmbusRecord } from './libmbus-record.ts';
import type { SlaveHeader } from './slave-header.ts';
import { readTelegram, type VariableTelegram } from './telegram.ts';

/** Access demand: class 1 data are waiting. Data flow control: the slave takes no more. Bits of a reply's C field. */
const ACD = 0x20;
const DFC = 0x10;

/** `slave` and `records` have libmbus's names, with our exact values beside them. */
export function explainReply(frame: Extract<Frame, { kind: 'long' }>): Explanation {
  const { control, ci } = frame;
  const link: Fields = {
    ...linkFields(frame),
    ci: hexByte(ci),
    ...((control & ACD) === 0 ? {} : { accessDemand: true }),
    ...((control & DFC) === 0 ? {} : { dataFlowControl: true }),
  };
  const telegram = readTelegram(frame);
  switch (telegram.kind) {
    case 'undecodable':
      return { ok: false, error: { code: telegram.code, message: telegram.message }, fields: link };
    case 'error': {
      const { code, name } = telegram;
      const error = { code: 'application', message: `the slave reports an application error: ${name}` } as const;
      const meaning = `RSP_UD CI=70 error byte ${hexByte(code)}: ${name.charAt(0).toLowerCase()}${name.slice(1)}`;
      return { ok: false, error, fields: { ...link, errorReply: true, err: hexByte(code), errorName: name, meaning } };
    }
    case 'fixed':
      return { ok: true, fields: { ...link, ...fixedFields(telegram.fixed) } };
    case 'variable':
      return explainVariable(link, telegram);
  }
}

function explainVariable(link: Fields, telegram: VariableTelegram): Explanation {
  const { slave, records, manufacturerData, moreFollow, libmbus } = telegram;
  const fields = {
    ...link,
    address: slave.id,
    secondaryAddress: slave.secondaryText,
    slave: slaveFields(slave),
    status: slave.statusNames,
    moreFollow,
    records: libmbus.map((words, i) => recordFields(words, records[i], manufacturerData)),
  };
  if (records.length > 0 || manufacturerData === null || !moreFollow) return { ok: true, fields };
  const count = manufacturerData.length / 2;
  const message = `nothing but ${count} ${count === 1 ? 'byte' : 'bytes'} that only the manufacturer can read`;
  return { ok: false, error: { code: 'unsupported', message }, fields };
}

function slaveFields(slave: SlaveHeader): Fields {
  return {
    Id: withoutZeros(slave.id),
    Manufacturer: slave.manufacturer,
    Version: String(slave.version),
    ProductName: slave.product,
    Medium: slave.medium,
    AccessNumber: String(slave.accessNumber),
    Status: hexByte(slave.status),
    Signature: slave.signature.toString(16).toUpperCase().padStart(4, '0'),
  };
}

/** `record` is undefined for what follows the data records. */
function recordFields(words: LibmbusRecord, record: DataRecord | undefined, further: string | null): Fields {
  if (record === undefined) {
    const reason = further === null ? 'no data' : 'only the manufacturer knows what these data mean';
    return { ...words, value: null, unit: null, reason, data: further ?? '' };
  }
  const { value, unit, reason, quantity, modifiers, dib, vib, data } = record;
  return {
    ...words,
    value,
    unit,
    ...(reason === undefined ? {} : { reason }),
    quantity,
    ...(modifiers.length === 0 ? {} : { modifiers }),
    dib,
    vib,
    data,
  };
}

function fixedFields(fixed: FixedData): Fields {
  return {
    address: fixed.id,
    slave: {
      Id: withoutZeros(fixed.id),
      Medium: fixed.medium,
      AccessNumber: String(fixed.accessNumber),
      Status: hexByte(fixed.status),
    },
    status: fixed.statusNames,
    records: fixed.counters.map((counter, i) => ({ ...fixed.libmbus[i], ...counterFields(counter) })),
  };
}

function counterFields({ storage, quantity, value, unit, reason, data }: FixedCounter): Fields {
  return { value, unit, ...(reason === undefined ? {} : { reason }), quantity, storage, data };
}

/** As libmbus prints it; the meter shows all eight digits. */
function withoutZeros(id: string): string {
  return id.replace(/^0+(?=.)/, '');
}
