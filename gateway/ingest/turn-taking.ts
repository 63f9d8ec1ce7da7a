/** Lets polls take their turns on each bus; one that met silence gives way to the others before it is asked again. */
import type { Bus } from '../bus/bus.ts';
import { Turns, type Place, type Turn } from './turns.ts';

/** Resolves when nobody else waits for the line, or others have had their turns. */
export type GiveWay = () => Promise<void>;

type Held = Pick<Turn<unknown>, 'isSilent'>;
type Begin = (held: Held) => void;

export class TurnTaking {
  readonly #turns = new WeakMap<Bus, Turns<Begin>>();
  #stopped = false;

  /** Polls that wait until others of this bus are over. */
  waiting(bus: Bus): number {
    return this.#turns.get(bus)?.waiting ?? 0;
  }

  /** `poll` is begun in its turn, which it has until it resolves. */
  wait(bus: Bus, place: Place, poll: (giveWay: GiveWay) => Promise<void>): void {
    const turns = this.#turns.get(bus) ?? new Turns<Begin>();
    this.#turns.set(bus, turns);
    turns.wait(place, (begun) => {
      let held = begun;
      const giveWay = async (): Promise<void> => {
        turns.over(held);
        held = await new Promise<Held>((resolve) => {
          turns.wait({ ...place, isSilent: true }, resolve);
          this.#take(turns);
        });
      };
      void poll(giveWay).finally(() => {
        turns.over(held);
        this.#take(turns);
      });
    });
    this.#take(turns);
  }

  /** Nothing is begun any more. */
  stop(): void {
    this.#stopped = true;
  }

  #take(turns: Turns<Begin>): void {
    if (this.#stopped) return;
    for (let turn = turns.begin(); turn !== undefined; turn = turns.begin()) turn.poll(turn);
  }
}
