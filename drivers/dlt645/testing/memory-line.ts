/** A line without time: what comes after a request is there at once, in small pieces. */
import type { Exchange, Link } from '../../contract.ts';
import { DriverError } from '../../errors.ts';

/** The bytes that appear on the line after `request`; empty where nobody answers. An error fails the exchange. */
export type Answer = (request: Uint8Array) => Uint8Array | DriverError;

const PIECE = 5;

export class MemoryLine implements Link {
  readonly medium = 'line';
  readonly sent: string[] = [];
  readonly effects: string[] = [];
  readonly waits: number[] = [];
  readonly expectedLengths: number[] = [];
  readonly #answer: Answer;
  #now = 1_700_000_000_000;

  constructor(answer: Answer) {
    this.#answer = answer;
  }

  exchange({ request, effect, reply }: Exchange): Promise<Uint8Array> {
    const text = Buffer.from(request).toString('hex');
    this.sent.push(text);
    if (effect === true) this.effects.push(text);
    this.#now += 100;
    if (reply === null) return Promise.resolve(new Uint8Array());
    this.expectedLengths.push(reply.expectedLength);
    const bytes = this.#answer(request);
    if (bytes instanceof DriverError) return Promise.reject(bytes);
    for (let end = 0; end < bytes.length + PIECE; end += PIECE) {
      const scan = reply.scan(bytes.subarray(0, end));
      if (scan.state === 'reply') return Promise.resolve(bytes.slice(scan.start, scan.end));
    }
    if (reply.optional === true) return Promise.resolve(bytes);
    const { code, message } = reply.diagnose(bytes);
    return Promise.reject(new DriverError(code, message));
  }

  wait(ms: number): Promise<void> {
    this.waits.push(ms);
    this.#now += ms;
    return Promise.resolve();
  }

  now(): number {
    return this.#now;
  }
}

/** Answers by the request, both in hex; the request without its wake-up bytes. A list is answered one after the other. */
export function scripted(script: Readonly<Record<string, string | readonly string[]>>): Answer {
  const left = new Map(Object.entries(script).map(([request, answers]) => [request, [answers].flat()]));
  return (request) => {
    const answers = left.get(
      Buffer.from(request)
        .toString('hex')
        .replace(/^(?:fe)*/, ''),
    );
    const [answer = ''] = answers ?? [];
    if (answers !== undefined && answers.length > 1) answers.shift();
    return Uint8Array.from(Buffer.from(answer, 'hex'));
  };
}
