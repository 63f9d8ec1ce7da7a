/**
 * A meter's frame: its envelope byte by byte, and below that what the driver's own explanation says of the data. Envelopes:
 * DL/T 645-2007, 5.2; CJ/T 188-2004, 7.2; EN 13757-2, 5.5 (FT1.2). Pure.
 */
import type { FrameEntry, Part } from './entry.ts';
import { fieldParts, textOf } from './field-parts.ts';

interface Segment {
  readonly name: string;
  /** Bytes; `rest`: all but the check byte and the end. */
  readonly size: number | 'rest';
  /** The field that says what these bytes mean. */
  readonly field?: string;
}

const START: Segment = { name: 'start', size: 1 };
const CONTROL: Segment = { name: 'control', size: 1, field: 'function' };
const LENGTH: Segment = { name: 'length', size: 1 };
const DATA: Segment = { name: 'data', size: 'rest' };
const CHECK: Segment = { name: 'check', size: 1 };
const END: Segment = { name: 'end', size: 1 };
const address = (size: number): Segment => ({ name: 'address', size, field: 'address' });

const DLT645: readonly Segment[] = [START, address(6), START, CONTROL, LENGTH, DATA, CHECK, END];
const CJT188: readonly Segment[] = [
  START,
  { name: 'meter type', size: 1, field: 'meterTypeName' },
  address(7),
  ...[CONTROL, LENGTH, DATA, CHECK, END],
];
const MBUS_PRIMARY: Segment = { name: 'address', size: 1, field: 'primaryAddress' };
const MBUS_CONTROL: Segment = { name: 'control', size: 1, field: 'frame' };
const MBUS_LONG: readonly Segment[] = [
  ...[START, LENGTH, LENGTH, START, MBUS_CONTROL, MBUS_PRIMARY],
  ...[{ name: 'CI', size: 1 }, DATA, CHECK, END],
];
const MBUS_SHORT: readonly Segment[] = [START, MBUS_CONTROL, MBUS_PRIMARY, CHECK, END];
const MBUS_ACK: readonly Segment[] = [{ name: 'acknowledgement', size: 1 }];

export type MeterProtocol = 'dlt645' | 'cjt188' | 'mbus';

export function meterParts(protocol: MeterProtocol, bytes: Uint8Array, { fields }: FrameEntry): Part[] {
  const segments = envelopeOf(protocol, bytes);
  const known = segments.reduce((sum, { size }) => sum + (size === 'rest' ? 0 : size), 0);
  const parts: Part[] = [];
  let at = 0;
  for (const { name, size, field } of segments) {
    const length = size === 'rest' ? bytes.length - known : size;
    if (length > 0) parts.push({ bytes: bytes.subarray(at, at + length), name, meaning: textOf(fields[field ?? '']) });
    at += length;
  }
  const shown = new Set(['preambleFE', 'control', 'length', 'data', ...segments.map(({ field }) => field)]);
  return [...parts, ...fieldParts(fields, shown)];
}

/** The frame in a few words. */
export function meterTitle({ fields }: FrameEntry): string {
  const { meaning, frame, address, primaryAddress, dir, function: what } = fields;
  if (typeof meaning === 'string') return meaning;
  if (typeof frame === 'string') return `${frame} of ${textOf(primaryAddress)}`;
  return `${dir === 'reply' ? 'reply of' : 'request to'} ${textOf(address)}: ${textOf(what)}`;
}

function envelopeOf(protocol: MeterProtocol, [first]: Uint8Array): readonly Segment[] {
  switch (protocol) {
    case 'dlt645':
      return DLT645;
    case 'cjt188':
      return CJT188;
    case 'mbus':
      return first === 0x68 ? MBUS_LONG : first === 0x10 ? MBUS_SHORT : MBUS_ACK;
  }
}
