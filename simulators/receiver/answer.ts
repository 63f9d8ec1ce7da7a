/** What a receiver answers to a message, and what it answers when it is wrong. ANSI/SIA DC-09, 5.5.3. Pure but for padding. */
import { framed, hidden, stamp, stampedAt, type ReceivedMessage } from './frame.ts';

export const FAULTS = [
  'none',
  /** Never answers. */
  'silent',
  /** Acknowledges another message. */
  'wrongSequence',
  /** Says that the time is wrong, and that it is an hour later. */
  'nak',
  /** Says that it cannot process the message. */
  'duh',
  'wrongCrc',
  'wrongLength',
  /** Encrypts its answer with another key. */
  'wrongKey',
  /** Acknowledges in clear what came encrypted. */
  'clear',
  /** Acknowledges another account. */
  'wrongAccount',
  /** Ends the connection instead of answering. */
  'close',
] as const;

export type Fault = (typeof FAULTS)[number];

export interface Station {
  /** Null: nothing is encrypted. */
  readonly key: Buffer | null;
  /** Those that it knows; null: any. */
  readonly accounts: readonly string[] | null;
  /** Unix milliseconds. */
  readonly now: number;
}

export interface Answer {
  readonly kind: 'ACK' | 'NAK' | 'DUH' | 'none' | 'close';
  readonly bytes: Buffer;
}

/** How far a time may be ahead and behind: 5.5.1.8. */
const AHEAD_MS = 20_000;
const BEHIND_MS = 40_000;
const NOTHING = Buffer.alloc(0);

export function answerTo(message: ReceivedMessage, station: Station, fault: Fault): Answer {
  switch (fault) {
    case 'none':
      return rightAnswer(message, station);
    case 'silent':
      return { kind: 'none', bytes: NOTHING };
    case 'close':
      return { kind: 'close', bytes: NOTHING };
    case 'wrongSequence':
      return acknowledgement({ ...message, sequence: another(message.sequence) }, station);
    case 'wrongAccount':
      return acknowledgement({ ...message, address: message.address.replace(/#.*$/, '#FEFEFE') }, station);
    case 'nak':
      return nak(station.now + 3_600_000);
    case 'duh':
      return duh(message);
    case 'wrongCrc':
      return spoilt(rightAnswer(message, station), 1);
    case 'wrongLength':
      return spoilt(rightAnswer(message, station), 8);
    case 'clear':
      return acknowledgement({ ...message, encrypted: false }, station);
    case 'wrongKey':
      return acknowledgement(message, { ...station, key: station.key && Buffer.alloc(station.key.length, 0xee) });
  }
}

function rightAnswer(message: ReceivedMessage, station: Station): Answer {
  const { key, accounts, now } = station;
  const isUnknown = accounts !== null && !accounts.includes(message.account);
  if (isUnknown || message.encrypted !== (key !== null) || message.data === null) return duh(message);
  if (message.encrypted && !isInTime(message.time, now)) return nak(now);
  return acknowledgement(message, station);
}

function isInTime(time: string | null, now: number): boolean {
  const ahead = stampedAt(time ?? '') - now;
  return ahead <= AHEAD_MS && ahead >= -BEHIND_MS;
}

function acknowledgement({ encrypted, sequence, address }: ReceivedMessage, { key, now }: Station): Answer {
  const isHidden = encrypted && key !== null;
  const tail = isHidden ? hidden(`|]_${stamp(now)}`, key) : ']';
  return { kind: 'ACK', bytes: framed(`"${isHidden ? '*' : ''}ACK"${sequence}${address}[${tail}`) };
}

function nak(now: number): Answer {
  return { kind: 'NAK', bytes: framed(`"NAK"0000R0L0A0[]_${stamp(now)}`) };
}

function duh({ sequence, address }: ReceivedMessage): Answer {
  return { kind: 'DUH', bytes: framed(`"DUH"${sequence}${address}[]`) };
}

/** With one digit of its header changed: 1 to 4 of the CRC, 5 to 8 of the length. */
function spoilt({ kind, bytes }: Answer, at: number): Answer {
  const digit = bytes[at] === 0x30 ? 0x31 : 0x30;
  return { kind, bytes: Buffer.from(bytes).fill(digit, at, at + 1) };
}

function another(sequence: string): string {
  return String((Number(sequence) + 1) % 10_000).padStart(4, '0');
}
