/**
 * A Modbus frame as the fields of its specification, byte by byte: MODBUS Application Protocol V1.1b3, 6 and 7; the
 * envelopes by MODBUS over Serial Line V1.02, 2.3 and MODBUS Messaging on TCP/IP V1.0b, 3.1.3. Pure; `fields` are those that
 * the driver's own explanation gave the frame.
 */
import type { FrameContext, Part } from './entry.ts';
import { layoutOf } from './modbus-layouts.ts';

type Fields = Readonly<Record<string, unknown>>;

const MBAP_LENGTH = 7;
const CRC_LENGTH = 2;

/** Of a request before it, the address names the registers of the reply. */
export function modbusParts(envelope: 'rtu' | 'tcp', frame: Uint8Array, fields: Fields, context: FrameContext): Part[] {
  const unit = (at: number): Part => part(frame, at, 1, 'unit', unitMeaning(frame[at] ?? 0));
  if (envelope === 'tcp') {
    return [
      part(frame, 0, 2, 'transaction', String(word(frame, 0))),
      part(frame, 2, 2, 'protocol', '0, Modbus'),
      part(frame, 4, 2, 'length', `${word(frame, 4)} bytes follow`),
      unit(6),
      ...pduParts(frame.subarray(MBAP_LENGTH), fields, context),
    ];
  }
  const crcAt = frame.length - CRC_LENGTH;
  return [
    unit(0),
    ...pduParts(frame.subarray(1, crcAt), fields, context),
    part(frame, crcAt, CRC_LENGTH, 'CRC', 'right'),
  ];
}

function pduParts(pdu: Uint8Array, fields: Fields, context: FrameContext): Part[] {
  const refused = fields['exception'] !== undefined;
  const named = `${String(fields['fc'])} ${String(fields['function'])}`;
  const parts = [part(pdu, 0, 1, 'function', refused ? `${named}, with the exception flag` : named)];
  if (refused)
    return [...parts, part(pdu, 1, 1, 'exception', `${String(fields['exception'])} ${String(fields['name'])}`)];
  const direction = fields['direction'] === 'reply' ? 'reply' : 'request';
  let at = 1;
  for (const { name, size } of layoutOf(Number(fields['fc']), direction)) {
    const length = size === 'rest' ? pdu.length - at : size;
    if (length <= 0) break;
    if (name === 'registers') parts.push(...registerParts(pdu, at, fields, context));
    else parts.push(part(pdu, at, length, name, meaning(name, pdu, at, length, fields)));
    at += length;
  }
  return parts;
}

/** One part a register; two that make a float are one. */
function registerParts(pdu: Uint8Array, start: number, fields: Fields, { before, labelOf }: FrameContext): Part[] {
  const first = firstRegister(fields, before?.fields);
  const name = (index: number): string => (first === null ? `register +${index}` : `register ${first + index}`);
  const label = (index: number): string => {
    const found = first === null ? undefined : labelOf?.(Number(fields['fc']), first + index);
    return found === undefined ? '' : `  ${found}`;
  };
  const { value } = fields;
  if (typeof value === 'number' && pdu.length - start === 4) {
    const words = `${word(pdu, start)}, ${word(pdu, start + 2)}; as a float32: ${value}`;
    return [part(pdu, start, 4, `${name(0)} and next`, words + label(0))];
  }
  return Array.from({ length: (pdu.length - start) >>> 1 }, (_, index) => {
    const at = start + 2 * index;
    return part(pdu, at, 2, name(index), numberMeaning(word(pdu, at)) + label(index));
  });
}

/** Where the registers of a frame begin: by its own address, or by that of the request that it answers. */
function firstRegister(fields: Fields, before: Fields | undefined): number | null {
  const own = fields['writeAddress'] ?? fields['address'];
  if (typeof own === 'number') return own;
  const isAnswer =
    before?.['direction'] === 'request' && before['unit'] === fields['unit'] && before['fc'] === fields['fc'];
  const asked = isAnswer ? before['address'] : undefined;
  return typeof asked === 'number' ? asked : null;
}

function meaning(name: string, pdu: Uint8Array, at: number, length: number, fields: Fields): string {
  if (name === 'bits' && Array.isArray(fields['bits'])) return `${fields['bits'].join(' ')} (the first one first)`;
  if (name === 'coil') return coilMeaning(word(pdu, at));
  if (name === 'data') return '';
  if (length === 1) return String(pdu[at] ?? 0);
  if (name.endsWith('count')) return String(word(pdu, at));
  return length === 2 ? numberMeaning(word(pdu, at)) : '';
}

function coilMeaning(raw: number): string {
  return raw === 0xff00 ? 'on' : raw === 0 ? 'off' : `${numberMeaning(raw)}: neither on nor off`;
}

function unitMeaning(unit: number): string {
  return unit === 0 ? '0, broadcast' : String(unit);
}

function numberMeaning(value: number): string {
  return `${value} (0x${value.toString(16).toUpperCase().padStart(4, '0')})`;
}

function part(bytes: Uint8Array, at: number, length: number, name: string, said: string): Part {
  return { bytes: bytes.subarray(at, at + length), name, meaning: said };
}

function word(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}
