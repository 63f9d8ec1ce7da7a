/** One exchange as a line carries it out. Types only. */
import type { Exchange } from '../../drivers/contract.ts';
import type { DriverError } from '../../drivers/errors.ts';
import type { SerialSettings } from './transport.ts';

/** How an exchange is to be carried out, besides what it says. */
export interface LineRequest {
  readonly replyTimeoutMs: number;
  /** Wire time of one byte; 0 on Ethernet. */
  readonly byteMs: number;
  /** Silence on the line before the request. */
  readonly gapMs: number;
  /** Serial settings of the device, where the line mixes protocols. */
  readonly serial?: SerialSettings | undefined;
}

export interface LineJob {
  readonly exchange: Exchange;
  readonly request: LineRequest;
  /** Nothing leaves before it has resolved; a DriverError that it rejects with stops the exchange. The silence runs meanwhile. */
  readonly permit?: (() => Promise<void> | undefined) | undefined;
  /** Called when the first byte leaves. */
  readonly leaving: () => void;
  /** Called once. `latencyMs`: from the request's first byte to the reply's last. */
  readonly done: (reply: Uint8Array, latencyMs: number) => void;
  /** Called once, instead of `done`, where the answer was optional and has not come: with all that was heard. */
  readonly heardOut: (heard: Uint8Array) => void;
  /** Called once, instead of `done`. */
  readonly failed: (error: DriverError) => void;
  /**
   * Called once at most, after `failed` and within ten seconds: the answer was heard after all.
   * `waitedMs`: from the request's last byte to the answer's first.
   */
  readonly late?: (waitedMs: number) => void;
  /** Called for each reply of this exchange's device that answers no request, until it is asked again with another job. */
  readonly surplus?: () => void;
}
