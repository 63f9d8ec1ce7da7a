/**
 * The expected failures of a wire. They are caught in one place per loop, where they become a reading of bad quality,
 * a device state or a command result. Anything else that is thrown is a programmer's error and ends the process.
 */
export type DriverErrorCode =
  /** Nothing, or nothing whole, came back within the reply time. */
  | 'timeout'
  /** Something came back, and its check value is wrong. */
  | 'checksum'
  /** A whole frame came back that is not the answer: another unit, function, length or transaction id. */
  | 'foreign'
  /** The device answered, and refused (a Modbus exception, a DL/T 645 D1 …). */
  | 'refused'
  /** The device answered that it has no such function, address or data item. */
  | 'unsupported'
  /** The line closed while an answer was awaited: port unplugged, connection reset. A line that is closed before is `unsent`. */
  | 'closed'
  /** The line did not echo what was sent although it is set to echo: a collision or a wrong setting. */
  | 'echo'
  /** The request was not sent: its expiry had passed, the breaker was open or the queue was full. */
  | 'unsent'
  /** What was read back after a write, or seen after a command, is not what was asked for. */
  | 'unconfirmed'
  /** The device's configuration or profile asks for something impossible. */
  | 'config';

const RETRYABLE: ReadonlySet<DriverErrorCode> = new Set(['timeout', 'checksum', 'foreign', 'echo']);

export class DriverError extends Error {
  override readonly name = 'DriverError';
  readonly code: DriverErrorCode;
  /** The protocol's own number for a refusal, such as the Modbus exception code. */
  readonly detail: number | undefined;
  /** Where to look first, where the driver knows better than the code tells: a clause without a stop. */
  readonly advice: string | undefined;

  constructor(code: DriverErrorCode, message: string, detail?: number, advice?: string) {
    super(message);
    this.code = code;
    this.detail = detail;
    this.advice = advice;
  }

  /** Whether the device has answered, and will not. */
  get isRefusal(): boolean {
    return this.code === 'refused' || this.code === 'unsupported';
  }

  /** Whether a command that met this may have been heard all the same: what became of it, a look at the device tells. */
  get mayHaveArrived(): boolean {
    return this.retryable || this.code === 'closed';
  }

  /** Whether asking again at once may help. A refusal will be the same the next time. */
  get retryable(): boolean {
    return RETRYABLE.has(this.code);
  }
}
