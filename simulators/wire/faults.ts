/** What can go wrong on a wire, as chances from 0 to 1. Settable while the line runs; repeatable by its seed. */
import { z } from 'zod';
import { integerBetween, type Random } from '../random.ts';

const chance = z.number().min(0).max(1).optional();
/** Of a whole line: it is so, or it is not. */
const onOff = z.union([z.boolean(), z.int().min(0).max(1)]).optional();
const ms = z.int().min(0).max(60_000).optional();

export const faultsSchema = z.strictObject({
  silence: chance.describe('No reply'),
  late: chance.describe('The reply comes lateMs later'),
  lateMs: ms.describe('Default 800'),
  twice: chance.describe('The reply comes twice'),
  truncate: chance.describe('The end of the reply is missing'),
  badChecksum: chance.describe('Serial lines only: Modbus TCP has no checksum'),
  garbage: chance.describe('Up to eight stray bytes before the reply'),
  wakeUp: chance.describe('One to four FE before the reply'),
  split: chance.describe('The reply comes in two pieces, splitPauseMs apart'),
  splitPauseMs: ms.describe('Default 30'),
  merge: chance.describe('The reply is held back and comes together with the next one'),
  foreignReply: chance.describe("Another device's reply comes before the right one"),
  wrongUnit: chance.describe('The reply names another unit or address'),
  wrongFunction: chance.describe('The reply names another function or control code'),
  wrongTransaction: chance.describe('Modbus TCP only'),
  wrongItem: chance.describe('Meters only: the reply names another data identifier'),
  wrongDigits: chance.describe('Meters only: a digit of the value is none'),
  failure: chance.describe('Modbus: exception 04; a meter refuses'),
  busy: chance.describe('Modbus only: exception 06'),
  disconnect: chance.describe('The connection is closed instead of a reply; a pseudo-terminal vanishes and returns'),
  echo: onOff.describe('Whole line, serial only: the adapter hears what the master sends'),
  halfOpen: onOff.describe('Whole line: connections are accepted, and nothing is heard or said'),
});

export type Faults = Readonly<z.infer<typeof faultsSchema>>;

/** Whether a fault of a whole line is switched on. */
export function isOn(fault: Faults['echo']): boolean {
  return fault === true || fault === 1;
}

/** Mistakes in what a reply says; its checksum fits. Each protocol has its own way to make them. */
export const MESSAGE_FAULTS = [
  'failure',
  'busy',
  'wrongFunction',
  'wrongUnit',
  'wrongTransaction',
  'wrongItem',
  'wrongDigits',
] as const satisfies readonly (keyof Faults)[];

export type MessageFault = (typeof MESSAGE_FAULTS)[number];

const ONLY_METERS: ReadonlySet<MessageFault> = new Set(['wrongItem', 'wrongDigits']);

/** Bytes that leave together, after a pause. */
export interface Piece {
  readonly pauseMs: number;
  readonly bytes: Uint8Array;
}

export interface Delivery {
  /** On top of the device's usual delay. */
  readonly delayMs: number;
  /** Nothing: silence. */
  readonly pieces: readonly Piece[];
  readonly disconnect: boolean;
  /** Kept back for the next reply. */
  readonly hold: boolean;
}

/** What a protocol, and the line, have to say to what can go wrong. */
export interface Wire {
  /** The byte that `badChecksum` spoils; undefined where there is none. */
  readonly checksumAt: (frame: Uint8Array) => number | undefined;
  readonly distort: (frame: Uint8Array, fault: MessageFault) => Uint8Array;
  /** A reply that another device of the line gives to the same question. */
  readonly foreign: () => Uint8Array;
}

export interface Misbehaviour extends Wire {
  readonly faults: Faults;
  readonly random: Random;
}

type Hit = (chance: number | undefined) => boolean;

function wrongBytes(frame: Uint8Array, { faults, random, checksumAt }: Misbehaviour, hit: Hit): Uint8Array {
  let bytes = frame.slice();
  const at = checksumAt(bytes);
  if (hit(faults.badChecksum) && at !== undefined) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  if (hit(faults.truncate)) bytes = bytes.slice(0, integerBetween(random, 1, Math.max(1, bytes.length - 1)));
  if (hit(faults.twice)) bytes = Uint8Array.of(...bytes, ...bytes);
  if (hit(faults.wakeUp))
    bytes = Uint8Array.of(...new Array<number>(integerBetween(random, 1, 4)).fill(0xfe), ...bytes);
  if (hit(faults.garbage)) {
    const stray = Array.from({ length: integerBetween(random, 1, 8) }, () => integerBetween(random, 0, 255));
    bytes = Uint8Array.of(...stray, ...bytes);
  }
  return bytes;
}

/** What really leaves, and when, where `reply` should. Without faults it is the reply, at once and whole. */
export function misbehave(reply: Uint8Array, how: Misbehaviour): Delivery {
  const { faults, random } = how;
  const hit: Hit = (p = 0) => random() < p;
  // Faults that meters alone know draw only where they are wanted: what a seed has always meant, it goes on to mean.
  const drawn = MESSAGE_FAULTS.filter((fault) => !ONLY_METERS.has(fault) || faults[fault] !== undefined);
  const wrong = drawn.filter((fault) => hit(faults[fault]));
  const own = wrongBytes(wrong.reduce(how.distort, reply), how, hit);
  const bytes = hit(faults.foreignReply) ? Uint8Array.of(...how.foreign(), ...own) : own;
  const cut = hit(faults.split) && bytes.length > 1 ? integerBetween(random, 1, bytes.length - 1) : bytes.length;
  const pieces = [
    { pauseMs: 0, bytes: bytes.subarray(0, cut) },
    { pauseMs: faults.splitPauseMs ?? 30, bytes: bytes.subarray(cut) },
  ];
  return {
    delayMs: hit(faults.late) ? (faults.lateMs ?? 800) : 0,
    pieces: hit(faults.silence) ? [] : pieces.filter((piece) => piece.bytes.length > 0),
    disconnect: hit(faults.disconnect),
    hold: hit(faults.merge),
  };
}

/** What was held back leaves in one piece with what comes now. */
export function merge(held: readonly Piece[], pieces: readonly Piece[]): readonly Piece[] {
  const [first, ...others] = pieces;
  if (held.length === 0 || first === undefined) return [...held, ...pieces];
  return [{ pauseMs: 0, bytes: Buffer.concat([...held, first].map((piece) => piece.bytes)) }, ...others];
}
