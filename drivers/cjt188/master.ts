/** The master's side of CJ/T 188 for one meter: it counts SER and knows in which order the meter takes DI. */
import type { Knowledge, Link } from '../contract.ts';
import { DriverError, type DriverErrorCode } from '../errors.ts';
import { ask, type Answer } from './ask.ts';
import { READ_DATA } from './control-codes.ts';
import type { DiOrder } from './data-identifier.ts';
import type { MeterSettings } from './meter.ts';
import { READING } from './read-items.ts';
import { readRequest, type Request } from './requests.ts';

/** So many silences in a row, and the meter may be another one that takes DI in the other order. */
const DOUBTED_AFTER = 4;
const NO_ANSWER: ReadonlySet<DriverErrorCode> = new Set(['timeout', 'foreign', 'refused']);

export class Master {
  readonly meter: MeterSettings;
  #ser: number;
  #order: DiOrder | null;
  /** The order that the next search begins with. */
  #begins: DiOrder = 'high';
  /** Reads in a row that met silence in the order that was remembered. */
  #silences = 0;

  /**
   * `knowledge`: what an earlier master of this meter has learned. `ser`: the number before the first one; starting anywhere
   * tells a late reply to the program before a restart from the answer.
   */
  constructor(meter: MeterSettings, knowledge: Knowledge = {}, ser = Math.floor(Math.random() * 0x100)) {
    this.meter = meter;
    this.#ser = ser;
    this.#order = meter.diOrder === 'auto' ? knownOrder(knowledge) : meter.diOrder;
  }

  /** What is to be remembered for this meter; empty while nothing was learned. Plain JSON. */
  get knowledge(): Knowledge {
    return this.meter.diOrder === 'auto' && this.#order !== null ? { diOrder: this.#order } : {};
  }

  /** Whether the order of DI is known. */
  get knowsOrder(): boolean {
    return this.#order !== null;
  }

  /**
   * Asks for an item, once; in either order of DI at the first time, and when a remembered order has met silence for long: a
   * meter may have been exchanged. Rejects with DriverError. `control`: 09 for the version of the key.
   */
  async read(link: Link, di: number, control = READ_DATA): Promise<Answer> {
    const request = readRequest(di, control);
    const isDoubted = this.meter.diOrder === 'auto' && this.#silences >= DOUBTED_AFTER;
    if (this.#order === null) return this.#findOrder(link, request, this.#begins);
    if (isDoubted) {
      this.#silences = 0;
      return this.#findOrder(link, request, otherOrder(this.#order));
    }
    try {
      const answer = await this.#ask(link, request, this.#order);
      this.#silences = 0;
      return answer;
    } catch (error) {
      if (error instanceof DriverError && error.code === 'timeout') this.#silences += 1;
      throw error;
    }
  }

  /**
   * Writes, once and never again. An order of DI that is not known yet is found out by reading first. Resolves when the meter
   * has acknowledged; that it took effect is for a read to prove. Rejects with DriverError.
   */
  async write(link: Link, request: Request): Promise<Answer> {
    await this.learnOrder(link);
    return this.#ask(link, request, this.#order ?? 'high');
  }

  /** Finds out in which order the meter takes DI, by reading; nothing where it is known. Rejects with DriverError. */
  async learnOrder(link: Link): Promise<void> {
    if (this.#order === null) await this.read(link, READING);
  }

  #ask(link: Link, request: Request, order: DiOrder): Promise<Answer> {
    return ask(this.meter, link, request, order, this.#nextSer());
  }

  async #findOrder(link: Link, request: Request, first: DiOrder): Promise<Answer> {
    const second = otherOrder(first);
    const ser = this.#nextSer();
    let unanswered: DriverError;
    try {
      const answer = await ask(this.meter, link, request, first, ser);
      this.#order = first;
      return answer;
    } catch (error) {
      if (!isNoAnswerToThisOrder(error)) throw error;
      unanswered = error;
    }
    // A meter that is given a rest is asked once between two rests: each time in the other order.
    this.#begins = second;
    try {
      const answer = await this.#ask(link, request, second);
      // A late answer to the first request has that request's number.
      this.#order = answer.ser === ser ? first : second;
      return answer;
    } catch (error) {
      // A refusal says more than silence, and silence more than that nothing was sent.
      const isMore = unanswered.code === 'refused' ? isNoAnswerToThisOrder(error) : isUnsent(error);
      throw isMore ? unanswered : error;
    }
  }

  #nextSer(): number {
    this.#ser = (this.#ser + 1) & 0xff;
    return this.#ser;
  }
}

/** A meter that does not take the order is silent while others may be heard, or refuses what it takes for another item. */
function isNoAnswerToThisOrder(error: unknown): error is DriverError {
  return error instanceof DriverError && NO_ANSWER.has(error.code);
}

function isUnsent(error: unknown): boolean {
  return error instanceof DriverError && error.code === 'unsent';
}

function otherOrder(order: DiOrder): DiOrder {
  return order === 'high' ? 'low' : 'high';
}

function knownOrder({ diOrder }: Knowledge): DiOrder | null {
  return diOrder === 'high' || diOrder === 'low' ? diOrder : null;
}
