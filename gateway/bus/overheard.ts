/**
 * What a line hears that nobody waits for. The answer to a request that was given up is late, and late is not dead. Any
 * other whole reply shows that a device answers more often than it is asked.
 */
import type { ReplyScan, SurplusReplies } from '../../drivers/contract.ts';
import type { LineJob } from './line-job.ts';

/** Longer than any frame, and short enough to be looked through again with each byte. */
const HEARD_AT_MOST = 600;
/** No device that works at all answers later than this, in milliseconds. */
const LATEST_MS = 10_000;
const MOST_GIVEN_UP = 16;
/** More units than a line can have. */
const MOST_DEVICES = 256;

interface GivenUp {
  readonly job: LineJob;
  /** When the request's last byte had left, in monotonic milliseconds. */
  readonly requestEnd: number;
}

export class Overheard {
  #heard: Buffer = Buffer.alloc(0);
  #givenUp: GivenUp[] = [];
  readonly #devices = new Map<SurplusReplies, LineJob>();

  /** A request is leaving. */
  asked(job: LineJob): void {
    const { surplus } = job.exchange;
    if (!surplus) return;
    this.#devices.delete(surplus);
    this.#devices.set(surplus, job);
    if (this.#devices.size <= MOST_DEVICES) return;
    for (const [longestAgo] of this.#devices) return void this.#devices.delete(longestAgo);
  }

  /** The reply time is over; its answer may still come. */
  gaveUp(job: LineJob, requestEnd: number): void {
    this.#givenUp = [...this.#givenUp.slice(1 - MOST_GIVEN_UP), { job, requestEnd }];
  }

  /** The connection was lost: what follows does not go on from what was heard. */
  interrupted(): void {
    this.#heard = Buffer.alloc(0);
  }

  /** Takes bytes that were meant for nobody; `now` is monotonic. */
  hear(bytes: Uint8Array, now: number): void {
    this.#heard = Buffer.concat([this.#heard, bytes]).subarray(-HEARD_AT_MOST);
    this.#givenUp = this.#givenUp.filter(
      (one) => now - one.requestEnd < LATEST_MS + one.job.request.replyTimeoutMs && !this.#isAnswered(one, now),
    );
    for (const [replies, job] of this.#devices) {
      while (this.#take((heard) => replies.scan(heard)) !== null) {
        if (!this.#isWrongAnswer(replies)) job.surplus?.();
      }
    }
  }

  /** A request that was given up may have been answered with something else: the device has still answered once. */
  #isWrongAnswer(replies: SurplusReplies): boolean {
    const request = this.#givenUp.find(({ job }) => job.exchange.surplus === replies);
    this.#givenUp = this.#givenUp.filter((one) => one !== request);
    return request !== undefined;
  }

  #isAnswered({ job, requestEnd }: GivenUp, now: number): boolean {
    const length = this.#take((heard) => job.exchange.reply?.scan(heard));
    if (length === null) return false;
    job.late?.(now - length * job.request.byteMs - requestEnd);
    return true;
  }

  /** Takes what `scan` finds out of what was heard; its length, or null. */
  #take(scan: (heard: Uint8Array) => ReplyScan | undefined): number | null {
    const found = scan(this.#heard);
    if (found?.state !== 'reply') return null;
    this.#heard = Buffer.concat([this.#heard.subarray(0, found.start), this.#heard.subarray(found.end)]);
    return found.end - found.start;
  }
}
