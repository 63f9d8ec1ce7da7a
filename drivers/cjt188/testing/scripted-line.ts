/** A line on which a written dialogue takes place: each request must be the next one in it, byte for byte. */
import type { Exchange, Link } from '../../contract.ts';
import { hex } from '../../bytes/hex.ts';
import { DriverError } from '../../errors.ts';

export interface Turn {
  /** Hex of the request; wake-up bytes apart. */
  readonly asks: string;
  /** What comes back until the reply time is over: bytes, or an error of the line itself. Undefined: silence. */
  readonly hears?: Uint8Array | DriverError;
}

export interface ScriptedLine extends Link {
  /** Waits so far, in order, in milliseconds. */
  readonly waits: readonly number[];
  /** Turns that have not taken place. */
  left(): number;
  /** Of each exchange, in order. */
  readonly effects: readonly boolean[];
  /** Bytes that each reply was expected to have. */
  readonly expected: readonly number[];
}

const EXCHANGE_MS = 500;

/** Time passes by `wait` and 500 ms for each exchange. `turns`: in order. */
export function scriptedLine(turns: readonly Turn[]): ScriptedLine {
  const waits: number[] = [];
  const effects: boolean[] = [];
  const expected: number[] = [];
  let now = 0;
  let next = 0;
  return {
    medium: 'line',
    waits,
    effects,
    expected,
    left: () => turns.length - next,
    now: () => now,
    wait: (ms) => {
      waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
    exchange: (exchange) => {
      effects.push(exchange.effect === true);
      expected.push(exchange.reply?.expectedLength ?? 0);
      now += EXCHANGE_MS;
      return take(turns[next++], exchange);
    },
  };
}

function take(turn: Turn | undefined, exchange: Exchange): Promise<Uint8Array> {
  const asked = hex(exchange.request).replace(/^(?:fe)+/, '');
  if (asked !== turn?.asks.replaceAll(' ', '').toLowerCase()) {
    return Promise.reject(new Error(`asked ${asked} where the script has ${turn?.asks ?? 'nothing more'}`));
  }
  if (turn.hears instanceof DriverError) return Promise.reject(turn.hears);
  return heardFrom(exchange, turn.hears ?? new Uint8Array());
}

/** What a line makes of `bytes` that come back until the reply time is over, one after the other. */
export function heardFrom({ reply }: Exchange, bytes: Uint8Array): Promise<Uint8Array> {
  // A line hands over Buffers.
  const heard = Buffer.from(bytes);
  for (let after = 0; after <= heard.length; after++) {
    const scan = reply?.scan(heard.subarray(0, after));
    if (scan?.state === 'reply') return Promise.resolve(heard.subarray(scan.start, scan.end));
  }
  const { code, message } = reply?.diagnose(heard) ?? { code: 'timeout', message: 'a broadcast' };
  return Promise.reject(new DriverError(code, message));
}
