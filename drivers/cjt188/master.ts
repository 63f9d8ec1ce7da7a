/** The master's side of CJ/T 188 for one meter: it counts SER and knows in which order the meter takes DI. */
import type { Knowledge, Link } from '../contract.ts';
import { DriverError, type DriverErrorCode } from '../errors.ts';
import { ask, type Answer } from './ask.ts';
import { READ_DATA } from './control-codes.ts';
import type { DiOrder } from './data-identifier.ts';
import type { MeterSettings } from './meter.ts';
import { READING } from './read-items.ts';
import { readRequest, type Request } from './requests.ts';

/** So many reads in a row without data, and the order may be wrong: learned from a late answer, or of a meter that was exchanged. */
const DOUBTED_AFTER = 4;
/** A meter that counts SER by itself shows the order at the second reading, or at the third where its answers come late. */
const LEARNING_READS = 3;
const NO_ANSWER: ReadonlySet<DriverErrorCode> = new Set(['timeout', 'foreign', 'refused']);

export class Master {
  readonly meter: MeterSettings;
  #ser: number;
  #order: DiOrder | null;
  /** The order that the next search begins with. */
  #begins: DiOrder = 'high';
  /** Reads in a row without data in the order that was remembered. */
  #doubts = 0;
  /** Whether it has answered with the SER of a request: its refusals then have theirs as well. */
  #repeatsSer = false;

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
   * Asks for an item, once; in either order of DI while it is not known, and when a remembered order has brought nothing for
   * long. Rejects with DriverError. `control`: 03 for the address, 09 for the version of the key.
   */
  async read(link: Link, di: number, control = READ_DATA): Promise<Answer> {
    const request = readRequest(di, control);
    const isDoubted = this.meter.diOrder === 'auto' && this.#doubts >= DOUBTED_AFTER;
    if (this.#order === null) return this.#findOrder(link, request, this.#begins);
    if (isDoubted) {
      this.#doubts = 0;
      return this.#findOrder(link, request, otherOrder(this.#order));
    }
    try {
      const answer = await this.#ask(link, request, this.#order);
      this.#doubts = 0;
      return answer;
    } catch (error) {
      if (isDoubt(error, di)) this.#doubts += 1;
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
    for (let i = 0; i < LEARNING_READS && this.#order === null; i++) await this.read(link, READING);
  }

  async #ask(link: Link, request: Request, order: DiOrder): Promise<Answer> {
    const before = this.#ser;
    const ser = this.#nextSer();
    const answer = await ask(this.meter, link, request, { order, ser, repeatsSer: this.#repeatsSer });
    // That of the request before is a late answer, which says nothing of it.
    if (answer.ser !== before) this.#repeatsSer = answer.ser === ser;
    return answer;
  }

  async #findOrder(link: Link, request: Request, first: DiOrder): Promise<Answer> {
    const second = otherOrder(first);
    let unanswered: DriverError;
    try {
      const answer = await this.#ask(link, request, first);
      this.#order = first;
      return answer;
    } catch (error) {
      if (!isNoAnswerToThisOrder(error)) throw error;
      unanswered = error;
    }
    // A meter that is given a rest is asked once between two rests: each time in the other order.
    this.#begins = second;
    const asked = this.#ser;
    try {
      const answer = await this.#ask(link, request, second);
      this.#order = this.#answered(answer, { first, asked, isRefused: unanswered.code === 'refused' }) ?? this.#order;
      return answer;
    } catch (error) {
      // A refusal says more than silence, and silence more than that nothing was sent.
      const isMore = unanswered.code === 'refused' ? isNoAnswerToThisOrder(error) : isUnsent(error);
      throw isMore ? unanswered : error;
    }
  }

  /**
   * In which order the meter was asked for what it answers to the second request. A late answer to the first one has its number;
   * of a meter that counts by itself only the next search tells, unless it has refused the first one: null.
   */
  #answered(
    { ser }: Answer,
    { first, asked, isRefused }: { readonly first: DiOrder; readonly asked: number; readonly isRefused: boolean },
  ): DiOrder | null {
    if (ser === asked) return first;
    return ser === this.#ser || isRefused ? otherOrder(first) : null;
  }

  #nextSer(): number {
    this.#ser = (this.#ser + 1) & 0xff;
    return this.#ser;
  }
}

/** Every meter has a reading: one that has it refused, or others heard in its place, may not take the order. */
function isDoubt(error: unknown, di: number): boolean {
  if (!(error instanceof DriverError)) return false;
  return error.code === 'timeout' || (di === READING && NO_ANSWER.has(error.code));
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
