/** What every simulated Modbus device is, whatever its model. */
import type { SerialSettings, SimulatedDevice } from '../wire/line-device.ts';
import type { Image, Table } from './image.ts';

/** MODBUS Application Protocol V1.1b3, 7. */
export const EXCEPTION = {
  illegalFunction: 0x01,
  illegalAddress: 0x02,
  illegalValue: 0x03,
  deviceFailure: 0x04,
  deviceBusy: 0x06,
  gatewayTargetFailed: 0x0b,
} as const;

/** Usually one of `EXCEPTION`; some makers have numbers of their own. */
export type ExceptionCode = number;

/** The body of a reply, without its function code, or an exception code. */
export type Answer = Uint8Array | ExceptionCode;

export interface Read {
  readonly table: Table;
  readonly address: number;
  readonly count: number;
}

export interface Write {
  readonly table: 'coil' | 'holding';
  readonly address: number;
  /** Registers as words; coils as 0 and 1, or as the raw value where the device's `rawCoil` says so. */
  readonly values: readonly number[];
}

/**
 * What a device makes of a write that is legal by address and value: an exception code refuses it, `'taken'` means that
 * the device has dealt with it (a command coil that holds nothing), `'store'` that the image takes the values.
 */
export type WriteVerdict = ExceptionCode | 'taken' | 'store';

/** Where a model is stricter, or laxer, than the standard. */
export interface Rules {
  /** Function codes that it knows; others are answered with exception 01. */
  readonly functions: readonly number[];
  /** Registers in one read. Default 125. */
  readonly maxRegisters?: number;
  /** A quirk of reading: an exception code refuses the request. Asked after the standard's own checks of the count. */
  readonly checkRead?: (read: Read) => ExceptionCode | undefined;
  /** Coils that take any 16-bit value with FC 05, not only 0000 and FF00. */
  readonly rawCoil?: (address: number) => boolean;
  /** Unit 0 means nothing to it. */
  readonly ignoresBroadcast?: boolean;
}

export interface Device extends SimulatedDevice {
  /** Address on its line, 1 to 247. */
  readonly unit: number;
  readonly image: Image;
  readonly rules: Rules;
  /** From the end of the request to the start of the reply, in milliseconds. */
  readonly replyDelayMs: number;
  /** On a serial line: its rate, where that is not the line's. */
  readonly serial?: SerialSettings;
  /** Called for a write that is legal by address and value. Default: store. */
  write?(write: Write, now: number): WriteVerdict;
}

/** What the maker of every model is told about the one device. */
export interface DeviceOptions {
  readonly id: string;
  readonly unit: number;
  readonly replyDelayMs?: number;
}
