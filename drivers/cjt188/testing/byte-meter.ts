/** A meter as bytes, written out without the codec: what it sends when it has heard a request. */
import type { Link } from '../../contract.ts';
import { hex } from '../../bytes/hex.ts';
import { heardFrom } from './scripted-line.ts';
import { sealed } from './vectors.ts';

export interface ByteMeterSetup {
  /** T of its answers, two hex digits. */
  readonly type?: string;
  /** A0…A6, hex. */
  readonly wire: string;
  /** The order of DI that it understands; in the other one it hears nothing. */
  readonly order?: 'high' | 'low';
  /** Hex of what follows SER, by the item as it is printed; of 901F without the status. */
  readonly items: Readonly<Record<string, string>>;
  readonly st?: string;
  /** Whether it refuses items that it does not have; otherwise it is silent. */
  readonly refuses?: boolean;
  /** How long its valve moves. */
  readonly motorMs?: number;
  readonly valveControl?: '04' | '2a';
}

const REQUEST = /^(?:fe)*68..(.{14})(..)..(..)(..)(..)(.*)..16$/;
const READ = '01';
const READING = '901F';
const VALVE = 'A017';

export class ByteMeter {
  /** Every request so far: control code and item as they stand in it. */
  readonly asked: string[] = [];
  readonly items: Record<string, string>;
  order: 'high' | 'low';
  isDead = false;
  st: string;
  /** What the status will be, and from when on. */
  #next: { readonly st: string; readonly at: number } | null = null;
  readonly #setup: ByteMeterSetup;

  constructor(setup: ByteMeterSetup) {
    this.#setup = setup;
    this.items = { ...setup.items };
    this.order = setup.order ?? 'high';
    this.st = setup.st ?? '00 00';
  }

  /** `request`: in hex. `now`: milliseconds of any clock. */
  answer(request: string, now: number): Uint8Array {
    const [, wire = '', control = '', first = '', second = '', ser = '', data = ''] = REQUEST.exec(request) ?? [];
    this.asked.push(`${control} ${first}${second}`.toUpperCase());
    if (this.isDead || wire !== this.#setup.wire.replaceAll(' ', '')) return new Uint8Array();
    const item = (this.order === 'high' ? first + second : second + first).toUpperCase();
    const body = control === READ ? this.#read(item, now) : this.#write(control, item, data, now);
    if (body !== undefined) return this.#frame(Number.parseInt(control, 16) | 0x80, `${first}${second}${ser}${body}`);
    const isItem = /^[89D]/.test(item);
    return isItem && this.#setup.refuses === true ? this.#frame(0xc1, `${ser}${this.st}`) : new Uint8Array();
  }

  #read(item: string, now: number): string | undefined {
    if (this.#next !== null && now >= this.#next.at) this.st = this.#next.st;
    const body = this.items[item];
    return body === undefined || item !== READING ? body : body + this.st;
  }

  #write(control: string, item: string, code: string, now: number): string | undefined {
    if (control !== (this.#setup.valveControl ?? '04') || item !== VALVE) return undefined;
    this.#next = { st: code === '99' ? '01 00' : '00 00', at: now + (this.#setup.motorMs ?? 0) };
    return this.st;
  }

  #frame(control: number, data: string): Uint8Array {
    const { type = '10', wire } = this.#setup;
    const bytes = data.replaceAll(' ', '');
    const length = (bytes.length / 2).toString(16).padStart(2, '0');
    return sealed(`68 ${type} ${wire} ${control.toString(16)} ${length} ${bytes}`);
  }
}

/** A line with nobody else on it. Time passes by waits, and 500 ms for each exchange. */
export function lineOf(meter: ByteMeter, time = { now: Date.UTC(2026, 10, 15, 2) }): Link {
  return {
    medium: 'line',
    now: () => time.now,
    wait: (ms) => {
      time.now += ms;
      return Promise.resolve();
    },
    exchange: (exchange) => {
      time.now += 500;
      return heardFrom(exchange, meter.answer(hex(exchange.request), time.now));
    },
  };
}
