/** People who press buttons: which, when and for how long follows from the seed alone. */
import { integerBetween, type Random } from '../../simulators/random.ts';
import type { Modules } from './modules.ts';

/** Most let go before the next poll: only the module's counter has it then. */
const SHORT_MS = [15, 120] as const;
const LONG_MS = [200, 4_000] as const;
const LONG_SHARE = 0.1;
/** Longer than the module's input filter of 5 ms. */
const REST_MS = 20;
/** A press is two edges. */
const EDGES = 2;

export class People {
  readonly #modules: Pick<Modules, 'contacts' | 'press'>;
  readonly #random: Random;
  readonly #pauseMs: number;
  readonly #freeAt = new Map<string, number>();
  #timer: NodeJS.Timeout | undefined;
  #presses = 0;

  constructor(modules: Pick<Modules, 'contacts' | 'press'>, edgesPerSecond: number, random: Random) {
    this.#modules = modules;
    this.#random = random;
    this.#pauseMs = (EDGES * 1_000) / edgesPerSecond;
  }

  /** How many there have been. */
  get presses(): number {
    return this.#presses;
  }

  start(): void {
    clearTimeout(this.#timer);
    // Twice a number in [0, 1) is 1 on average.
    this.#timer = setTimeout(
      () => {
        this.#press(performance.now());
        this.start();
      },
      2 * this.#random() * this.#pauseMs,
    );
  }

  /** No more presses; resolves when every button has been let go. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    const freeMs = Math.max(0, ...this.#freeAt.values()) - performance.now();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, freeMs)));
  }

  #press(now: number): void {
    const { contacts, press } = this.#modules;
    const contact = contacts[integerBetween(this.#random, 0, contacts.length - 1)];
    const [least, most] = this.#random() < LONG_SHARE ? LONG_MS : SHORT_MS;
    const heldMs = integerBetween(this.#random, least, most);
    if (!contact || (this.#freeAt.get(contact.alarm) ?? 0) > now) return;
    press(contact, heldMs);
    this.#freeAt.set(contact.alarm, now + heldMs + REST_MS);
    this.#presses += 1;
  }
}
