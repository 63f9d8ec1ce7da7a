/** The vocabulary between the gateway and its drivers: types only. */
import type { DriverError } from './errors.ts';
import type { PollClass } from './poll-classes.ts';
import type { Unit } from './units.ts';

/** A decoded value. Integers beyond 2^53 travel as decimal strings; an unknown value is null, never 0. */
export type Value = number | boolean | string | null;

/** `uncertain`: decoded, but outside the profile's min and max. `bad`: value is null and `reason` says why. */
export type Quality = 'good' | 'uncertain' | 'bad';

/** A point's value at a time. */
export interface Reading {
  /** The point's key in its profile. */
  readonly point: string;
  readonly value: Value;
  /** Of a meter's register: `value` as a decimal string with the register's decimals, which billing takes. */
  readonly exact?: string;
  readonly quality: Quality;
  /** Why the quality is not good, in words. */
  readonly reason?: string;
  /** Source time: when the reply that carried it arrived, or the device's own time. Unix milliseconds. */
  readonly at: number;
  /** The device's own wall clock at the value, where it tells one: local, without zone, `2026-11-01T00:00:00`. */
  readonly meterTime?: string;
}

export type { PollClass };

/** What the gateway has to know of a point, whatever its protocol. A profile's point is this and its address. */
export interface Point {
  /** Unique in its profile; `[a-z][A-Za-z0-9]*`. */
  readonly key: string;
  readonly nameZh: string;
  readonly unit?: Unit | undefined;
  readonly poll: PollClass;
  /** `w`: only written, such as the coil of a command: in no block, and never with a reading. Without it: read. */
  readonly access?: 'r' | 'rw' | 'w' | undefined;
  /** A change smaller than this is not reported. In the point's unit. */
  readonly deadband?: number | undefined;
  /** The meaning of each value of an enumeration, by its number. */
  readonly enum?: Readonly<Record<string, string>> | undefined;
  /** An input module's channel, and what this point says of it. */
  readonly channel?: number | undefined;
  /** The quantity's name by IEC 62056-6-1, such as `1-0:1.8.0`: billing finds a meter's register by it. */
  readonly obis?: string | undefined;
  /** What the device itself kept at its settlement days, or each day, of the quantity that `obis` names. */
  readonly frozen?: Frozen | undefined;
  readonly role?: ChannelRole | undefined;
  /** Of a counter: how many values it has; after the last one comes 0. */
  readonly range?: number | undefined;
}

/** `ago`: 1 is the latest one that was kept. */
export interface Frozen {
  readonly kind: 'settlement' | 'daily';
  readonly ago: number;
}

/** `level`: the contact now. `counter`: rising edges since power-up. `latch`: a rising edge since it was cleared. */
export type ChannelRole = 'level' | 'counter' | 'latch';

/** Commands overtake alarm-carrying polls, which overtake ordinary polls. Nothing starves. */
export type Priority = 'command' | 'alarm' | 'ordinary';

/** What bytes amount to that are not the answer; the codes are those of DriverError. */
export interface ReplyDiagnosis {
  readonly code: 'timeout' | 'checksum' | 'foreign';
  readonly message: string;
}

/**
 * Looks for the answer in everything that has arrived since the request.
 * `start` and `end` delimit it; what stands before `start` is counted as discarded.
 */
export type ReplyScan =
  { readonly state: 'incomplete' } | { readonly state: 'reply'; readonly start: number; readonly end: number };

/** How a device is found out that answers more often than it is asked. */
export interface SurplusReplies {
  /** Finds any whole reply of the device among bytes that nobody waited for. */
  readonly scan: (received: Uint8Array) => ReplyScan;
  /** Called for each of them that is not the late answer to a request that met silence. `at`: Unix milliseconds. */
  readonly heard: (at: number) => void;
}

export interface Exchange {
  /** The bytes to send. */
  readonly request: Uint8Array;
  /** True when it changes something at the device: a command is sent when the first of these is. */
  readonly effect?: boolean;
  /** Asked right before the first byte leaves: why it must not be sent any more, or null. It then rejects as `unsent`. */
  readonly veto?: (() => string | null) | undefined;
  /**
   * Keeps the line, however this exchange ends, for the next one over the same link: nobody else's comes between, not even a
   * command's. For what a device has to hear in a row; the line is let go as soon as the next one is not asked for at once.
   */
  readonly keep?: boolean;
  /** Where replies do not say what they answer. One and the same object for all exchanges with a device. */
  readonly surplus?: SurplusReplies | undefined;
  /** Null for a broadcast, which nobody answers. */
  readonly reply: {
    readonly scan: (received: Uint8Array) => ReplyScan;
    /** When the reply time is over: what the bytes that did arrive amount to. */
    readonly diagnose: (received: Uint8Array) => ReplyDiagnosis;
    /** How long the reply is expected to be, in bytes; sizes its share of the reply time on a slow line. */
    readonly expectedLength: number;
    /**
     * What the device refuses by this answer; null where it does not. It is an answer all the same: the device is there. It is
     * for the statistics: whoever asked finds the refusal in the answer by itself.
     */
    readonly refusal?: (reply: Uint8Array) => DriverError | null;
    /**
     * Nobody owes this answer: when the reply time is over it resolves with all that was heard, which may be nothing. Silence
     * is then no failure of the device.
     */
    readonly optional?: boolean;
  } | null;
}

/** What a driver sees of its line. Each exchange waits for its turn in the line's queue. Rejects with DriverError. */
export interface Link {
  /** `ip` carries Modbus TCP frames; `line` carries the device's serial frames, over whatever medium. */
  readonly medium: 'line' | 'ip';
  exchange(exchange: Exchange): Promise<Uint8Array>;
  /** Resolves after `ms`; the line serves others meanwhile. */
  wait(ms: number): Promise<void>;
  /** Unix milliseconds. */
  now(): number;
}

/** One part of a driver's plan: polled as a unit, with one result; mostly one exchange. */
export interface Block {
  /** Stable while the plan is: names the block in schedules and statistics. */
  readonly id: string;
  readonly poll: PollClass;
  readonly points: readonly Point[];
  /** Bytes on the wire, request and reply, for the line's budget. */
  readonly requestLength: number;
  readonly replyLength: number;
  /** Where it takes several exchanges, when all goes well: how many. The lengths are the sums of theirs. */
  readonly exchanges?: number;
  /** Of several replies: the longest. */
  readonly longestReply?: number;
}

/** What a device asks its driver to keep across restarts, such as learned holes. Plain JSON. */
export type Knowledge = Readonly<Record<string, unknown>>;

export interface PollResult {
  readonly readings: readonly Reading[];
  /** Set when the poll taught something: keep it, and plan again. */
  readonly learned?: Knowledge;
  /** It shows that the device has forgotten what `prepare` set, as after a restart of its own: it is to be prepared again. */
  readonly settingsLost?: true;
}

/** A command as the driver gets it: `action` is a named action of the profile or the key of a writable point. */
export interface DriverCommand {
  readonly action: string;
  readonly value?: Value;
}

export interface CommandOutcome {
  /** What was read back or seen: the proof, not the echo of the request. */
  readonly seen: readonly Reading[];
}

/** A device that is being talked to. It has the protocol's state for that device, and no timers. */
export interface Session {
  /** Every readable point is in exactly one block. Pure but for what has been learned. */
  plan(): readonly Block[];
  /** Reads one block over `link`. */
  poll(block: Block, link: Link): Promise<PollResult>;
  /** Carries out a command, and proves it by reading back. Never repeats a write. */
  execute(command: DriverCommand, link: Link): Promise<CommandOutcome>;
  /**
   * Before the first poll, after each reconnection and each `settingsLost`: sees to it that the device is set up as its profile needs (counters
   * started …). Resolves with what the device refused, in words. Rejects with DriverError when it does not answer.
   */
  prepare(link: Link): Promise<readonly string[]>;
  /** Undefined where it has no clock that can be set. */
  readonly clock?: ClockSetting | undefined;
}

/** Setting a device's clock. `line`: one request sets the clocks of all that hear it, and nobody answers. */
export interface ClockSetting {
  readonly reach: 'line' | 'device';
  /**
   * Sends `local`, what the wall shows now (`2026-11-01T00:00:00`), once: that the device took it is for a read to prove. Rejects
   * with DriverError.
   */
  set(local: string, link: Link): Promise<void>;
}

/** What a driver needs in order to open a session. `profile` has been checked by the driver's own schema. */
export interface SessionSetup<P> {
  readonly device: string;
  /** As the driver's `addressing` has written it. */
  readonly address: string;
  readonly profile: P;
  readonly medium: 'line' | 'ip';
  /** The line's cost model for the planner. */
  readonly cost: LineCost;
  readonly knowledge: Knowledge;
}

/** What an exchange costs on a line besides its bytes. */
export interface LineCost {
  /** Time of one byte, in milliseconds; 0 where bytes are free (Ethernet). */
  readonly byteMs: number;
  /** Fixed time per exchange: inter-frame gaps and the device's turn-around, in milliseconds. */
  readonly overheadMs: number;
}

/** A protocol. `P` is the type of its checked profiles. */
export interface Driver<P extends Profile = Profile> {
  readonly name: string;
  readonly addressing: Addressing;
  /** Parses and checks a profile; every mistake has the path of what it is about. */
  parseProfile(raw: unknown): ProfileResult<P>;
  /** The profile must be one that this driver has parsed. */
  open(setup: SessionSetup<P>): Session;
}

/** How a protocol tells the devices of one bus apart. */
export interface Addressing {
  /** The key that a device's configuration has it under. */
  readonly key: 'unit' | 'address';
  /** The one way of writing it, or why it is none in words and what would be right. */
  parse(
    text: string,
    bus: 'serial' | 'tcp-serial' | 'modbus-tcp',
  ):
    | { readonly ok: true; readonly address: string; readonly caution?: Caution }
    | { readonly ok: false; readonly message: string; readonly hint: string };
}

/** What an address that can be used leaves open, where money goes by what answers there. */
export interface Caution {
  readonly message: string;
  readonly hint: string;
}

/** What every profile has, whatever its protocol. */
export interface Profile {
  readonly id: string;
  readonly driver: string;
  readonly maker: string;
  readonly model: string;
  readonly nameZh: string;
  readonly points: readonly Point[];
  /** Names of what can be commanded: actions and writable points, with what a value may be. */
  readonly commands: readonly CommandSpec[];
}

export type Passage = 'opens' | 'closes' | 'stops';

export interface CommandSpec {
  readonly action: string;
  readonly nameZh: string;
  /** It cuts a home's supply or gives it back: off unless the site allows it. */
  readonly supply?: true | undefined;
  /** What it does to a barrier or a door: a fire alarm opens them, and lets nobody close them. */
  readonly passage?: Passage | undefined;
  /** Nothing that can be read shows that it worked. */
  readonly blind?: true | undefined;
  /** Undefined: the action takes no value. */
  readonly value?:
    | { readonly type: 'boolean' }
    | { readonly type: 'number'; readonly min: number; readonly max: number }
    | { readonly type: 'enum'; readonly values: readonly number[] };
}

export interface ProfileMistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export type ProfileResult<P> =
  { readonly ok: true; readonly profile: P } | { readonly ok: false; readonly mistakes: readonly ProfileMistake[] };
