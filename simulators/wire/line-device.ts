/** What stands on a serial line, whatever its protocol: it is shown each request, and says what it answers and when. */
import type { Contacts } from '../devices/contacts.ts';
import type { MessageFault } from './faults.ts';
import type { SerialFormat } from './wire-time.ts';

/** What the community knows of every device, on whatever wire. */
export interface SimulatedDevice {
  /** Unique in the community. */
  readonly id: string;
  readonly model: string;
  /** Input terminals, where the device has any. */
  readonly contacts?: Contacts;
  /** Brings the device's own movement (contacts, motors, engines) to `now`, in monotonic milliseconds. */
  advance(now: number): void;
  /** A power cut: what is volatile is lost. */
  restart?(now: number): void;
  /** What a person would find who stands before it at `now`: dials, relays, clock. For comparing a bill by hand. */
  dial?(now: number): Dial;
  /** Somebody presses the button on its front. */
  press?(now: number): void;
}

/** Values as they are shown, by a name that says what they are: an OBIS code for a register, else a word. */
export type Dial = Readonly<Record<string, string | boolean>>;

export interface SerialSettings {
  readonly baud: number;
  readonly format: SerialFormat;
}

/** A reply as it goes onto the wire, wake-up bytes included. */
export interface LineReply {
  readonly frame: Uint8Array;
  /** From the end of the request to the start of the reply, in milliseconds. Never less than 3.5 characters. */
  readonly delayMs: number;
}

/**
 * `'broadcast'`: it is meant for everybody, carried out, and nobody answers. `'silent'`: it is meant for this device,
 * which has nothing to say. `'foreign'`: it is meant for another one.
 */
export type LineAnswer = LineReply | 'broadcast' | 'silent' | 'foreign';

export interface LineDevice extends SimulatedDevice {
  readonly protocol: LineProtocol;
  /** As it is printed on the device; for people. */
  readonly address: string;
  /** The rate at which it hears and speaks. Default: that of its line. */
  readonly serial?: SerialSettings | undefined;
  /**
   * Carries out a sound request of its protocol, as `protocol` has cut it out of the bytes. Every device of the protocol
   * is shown every request. Two that reply to the same one disturb each other.
   */
  answer(request: Uint8Array, now: number): LineAnswer;
}

/** How frames of one protocol look from outside. One object a protocol: devices that have the same one share a line's ear. */
export interface LineProtocol {
  readonly name: string;
  /** Where the sound request ends that begins at `start`, wake-up bytes included; see FrameFinder. */
  readonly requestEnd: FrameEnd;
  /** A longer silence than this ends what is incomplete, in milliseconds. */
  readonly idleMs: number;
  /** Where a reply has the byte that `badChecksum` spoils; undefined where it has none. */
  readonly checksumAt: (reply: Uint8Array) => number | undefined;
  /** The same question, put to the device with that address. Where the question changes something: a harmless one. */
  readonly readdress: (request: Uint8Array, address: string) => Uint8Array;
  /** `reply` with a mistake in what it says and a checksum that fits; as it is where the protocol has no such mistake. */
  readonly distort: (reply: Uint8Array, fault: MessageFault) => Uint8Array;
}

/** Where a frame ends, `'incomplete'` where more bytes decide it, undefined where none begins. */
export type FrameEnd = (bytes: Uint8Array, start: number) => number | 'incomplete' | undefined;
