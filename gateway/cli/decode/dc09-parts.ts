/** A DC-09 frame: its envelope (ANSI/SIA DC-09, 5.5.1) beside its bytes, and below that what it says. Pure. */
import type { FrameEntry, Part } from './entry.ts';
import { fieldParts, textOf } from './field-parts.ts';

const LF = 0x0a;
const CR = 0x0d;
const DIGITS = 4;

export function dc09Parts(bytes: Uint8Array, { fields }: FrameEntry): Part[] {
  const begins = bytes[0] === LF ? 1 : 0;
  const ends = bytes.at(-1) === CR ? bytes.length - 1 : bytes.length;
  const lengthAt = begins + DIGITS;
  const contentAt = lengthAt + DIGITS;
  const envelope: Part[] = [
    { bytes: bytes.subarray(0, begins), name: 'start', meaning: 'LF' },
    { bytes: bytes.subarray(begins, lengthAt), name: 'CRC', meaning: 'right' },
    { bytes: bytes.subarray(lengthAt, contentAt), name: 'length', meaning: `${ends - contentAt} bytes` },
    { bytes: bytes.subarray(contentAt, ends), name: 'content', meaning: '' },
    { bytes: bytes.subarray(ends), name: 'end', meaning: 'CR' },
  ];
  return [...envelope.filter((part) => part.bytes.length > 0), ...fieldParts(fields, new Set())];
}

/** The frame in a few words. */
export function dc09Title({ fields }: FrameEntry): string {
  const { id, encrypted, account, sequence } = fields;
  return `${encrypted === true ? 'encrypted ' : ''}${textOf(id)} of account ${textOf(account)}, sequence ${textOf(sequence)}`;
}
