/** A guard who acknowledges and resets over the API what it lists, and remembers what was accepted. */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { integerBetween, type Random } from '../../simulators/random.ts';

export interface Decision {
  readonly verb: 'ack' | 'reset';
  readonly alarm: string;
  readonly occurrenceId: string | null;
  /** The event that the guard decided upon. */
  readonly rev: number;
  /** Another one for each decision: the journal says by whom. */
  readonly by: string;
}

const PAUSE_MS = [20, 150] as const;
/** A gateway that was killed does not answer; one that is busy does. */
const PATIENCE_MS = 5_000;

const alarms = z.object({
  items: z.array(
    z.object({ alarm: z.string(), letter: z.string(), occurrenceId: z.string().nullable(), rev: z.number() }),
  ),
});
const answer = z.object({ stored: z.boolean() });

/** What a guard can do about an alarm with this letter. */
const VERBS: Readonly<Record<string, Decision['verb']>> = { B: 'ack', D: 'ack', E: 'ack', F: 'reset' };
const PATHS: Readonly<Record<Decision['verb'], string>> = { ack: 'acknowledge', reset: 'reset' };

export class Guard {
  readonly #apiUrl: string;
  readonly #random: Random;
  readonly #accepted: Decision[] = [];
  #asked = 0;
  #duty: { readonly over: AbortController; readonly ended: Promise<void> } | null = null;

  constructor(apiUrl: string, random: Random) {
    this.#apiUrl = apiUrl;
    this.#random = random;
  }

  /** How many decisions were sent. */
  get asked(): number {
    return this.#asked;
  }

  /** Those that were answered with 200: done, and on the disk. */
  get accepted(): readonly Decision[] {
    return this.#accepted;
  }

  start(): void {
    const over = new AbortController();
    this.#duty ??= { over, ended: this.#watch(over.signal) };
  }

  /** Resolves when the last decision has been answered. */
  async stop(): Promise<void> {
    this.#duty?.over.abort();
    await this.#duty?.ended;
    this.#duty = null;
  }

  async #watch(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      await delay(integerBetween(this.#random, ...PAUSE_MS));
      const decision = await this.#choose();
      if (decision && (await this.#decide(decision))) this.#accepted.push(decision);
    }
  }

  async #choose(): Promise<Decision | null> {
    const said = await this.#ask('/alarms');
    if (said?.status !== 200) return null;
    const open = alarms.parse(said.body).items.flatMap(({ letter, ...alarm }) => {
      const verb = VERBS[letter];
      return verb === undefined ? [] : [{ verb, ...alarm }];
    });
    const chosen = open[Math.floor(this.#random() * open.length)];
    return chosen ? { ...chosen, by: `guard-${this.#asked + 1}` } : null;
  }

  /** Whether it was accepted. */
  async #decide({ verb, alarm, ...seen }: Decision): Promise<boolean> {
    this.#asked += 1;
    const said = await this.#ask(`/alarms/${alarm}/${PATHS[verb]}`, { ...seen, note: 'looked, and dealt with' });
    return said?.status === 200 && answer.parse(said.body).stored;
  }

  /** Null where nobody answers. */
  async #ask(path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown } | null> {
    const headers = { 'content-type': 'application/json' };
    const post = body && { method: 'POST', headers, body: JSON.stringify(body) };
    try {
      const response = await fetch(this.#apiUrl + path, { ...post, signal: AbortSignal.timeout(PATIENCE_MS) });
      return { status: response.status, body: await response.json() };
    } catch {
      return null;
    }
  }
}
