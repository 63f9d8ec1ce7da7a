/** Looks for the answer to an exchange that was given up in what is heard on the line afterwards: late is not dead. */
import type { Exchange } from '../../drivers/contract.ts';

/** Longer than any frame, and short enough to be looked through again with each byte. */
const HEARD_AT_MOST = 600;

export class LateAnswer {
  readonly #exchange: Exchange;
  readonly #byteMs: number;
  readonly #requestEnd: number;
  #heard: Buffer = Buffer.alloc(0);

  /** `byteMs`: wire time of one byte. `requestEnd`: when the request's last byte had left, in monotonic milliseconds. */
  constructor(exchange: Exchange, byteMs: number, requestEnd: number) {
    this.#exchange = exchange;
    this.#byteMs = byteMs;
    this.#requestEnd = requestEnd;
  }

  /** Takes bytes that were meant for nobody. From the request's end to the answer's first byte, once it is all there; else null. */
  hear(bytes: Uint8Array, now: number): number | null {
    this.#heard = Buffer.concat([this.#heard, bytes]).subarray(-HEARD_AT_MOST);
    const scan = this.#exchange.reply?.scan(this.#heard);
    return scan?.state === 'reply' ? now - (scan.end - scan.start) * this.#byteMs - this.#requestEnd : null;
  }
}
