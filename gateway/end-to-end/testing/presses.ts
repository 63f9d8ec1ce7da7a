/** People who press the buttons behind an input module, at random, as long as they are asked to. */
import type { Contacts } from '../../../simulators/devices/contacts.ts';
import type { Ledger } from '../../../simulators/devices/ledger.ts';
import { integerBetween, type Random } from './chance.ts';

/** A button is held for 15 to 120 ms, and rests for longer than the module's input filter of 5 ms. */
const HELD_MS = [15, 120] as const;
const REST_MS = 20;
const PAUSE_MS = [2, 45] as const;

export class Presses {
  readonly #contacts: Contacts;
  readonly #random: Random;
  readonly #freeAt = new Map<number, number>();
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(contacts: Contacts, random: Random) {
    this.#contacts = contacts;
    this.#random = random;
  }

  /** How many there have been. */
  get count(): number {
    return this.#count;
  }

  start(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#press(performance.now());
        this.start();
      },
      integerBetween(this.#random, ...PAUSE_MS),
    );
  }

  /** No more presses; resolves when every button has been let go. */
  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    await new Promise((resolve) => setTimeout(resolve, HELD_MS[1] + REST_MS));
    this.#contacts.advance(performance.now());
  }

  #press(now: number): void {
    const channel = integerBetween(this.#random, 0, this.#contacts.channels - 1);
    if ((this.#freeAt.get(channel) ?? 0) > now) return;
    const heldMs = integerBetween(this.#random, ...HELD_MS);
    this.#contacts.press(channel, heldMs, now);
    this.#freeAt.set(channel, now + heldMs + REST_MS);
    this.#count += 1;
  }
}

/** How often each contact has closed. */
export function countEdges(ledger: Ledger): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { channel, level } of ledger.since(0)) if (level) counts.set(channel, (counts.get(channel) ?? 0) + 1);
  return counts;
}
