/** A link to a line of simulated slaves. */
import type { Exchange, Link } from '../../contract.ts';
import { DriverError } from '../../errors.ts';
import { heardOf, linkStates, type LinkState, type SimulatedSlave } from './slaves.ts';

export interface BusOptions {
  /** What else is on the line in the answer to the nth request, counted from 0. */
  readonly noise?: (request: number) => readonly number[];
  /** The level converter sends back what it sends. */
  readonly echo?: boolean;
  /** The answer to the nth request is lost; `bytes` is the request in hex. */
  readonly lost?: (request: number, bytes: string) => boolean;
  /** Called before each request is answered. */
  readonly before?: (request: number, bus: SlaveBus) => void;
}

export interface SlaveBus extends Link {
  readonly requests: readonly string[];
  /** For each request, whether it kept the line for the next one. */
  readonly kept: readonly boolean[];
  readonly states: readonly LinkState[];
}

export function slaveBus(slaves: readonly SimulatedSlave[], options: BusOptions = {}): SlaveBus {
  const states = linkStates(slaves);
  const requests: string[] = [];
  const kept: boolean[] = [];
  const bus: SlaveBus = {
    medium: 'line',
    requests,
    kept,
    states,
    now: () => 0,
    wait: () => Promise.resolve(),
    exchange: (exchange) => {
      const bytes = Buffer.from(exchange.request).toString('hex');
      const count = requests.push(bytes) - 1;
      kept.push(exchange.keep === true);
      options.before?.(count, bus);
      const { atOnce, late } = heardOf(states, exchange.request);
      const answer = options.lost?.(count, bytes) === true ? [] : [...atOnce, ...late];
      const echo = options.echo === true ? [...exchange.request] : [];
      return hear(exchange, Uint8Array.from([...echo, ...(options.noise?.(count) ?? []), ...answer]));
    },
  };
  return bus;
}

/** Hands over one byte more at a time, as a line does. */
function hear({ reply }: Exchange, heard: Uint8Array): Promise<Uint8Array> {
  if (reply === null) return Promise.resolve(new Uint8Array(0));
  for (let after = 0; after <= heard.length; after++) {
    const scan = reply.scan(heard.subarray(0, after));
    if (scan.state === 'reply') return Promise.resolve(heard.subarray(scan.start, scan.end));
  }
  if (reply.optional === true) return Promise.resolve(heard);
  const { code, message } = reply.diagnose(heard);
  return Promise.reject(new DriverError(code, message));
}
