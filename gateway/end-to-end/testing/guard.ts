/** A guard who acknowledges and resets over MQTT what they see, now and then, and remembers what they were promised. */
import type { AlarmRow } from '../../store/rows.ts';
import type { Random } from './chance.ts';
import type { Consumer, Message } from './consumer.ts';

export interface Decision {
  readonly verb: 'ack' | 'reset';
  readonly alarm: string;
  readonly occurrenceId: string | null;
  /** The event that the guard decided upon. */
  readonly rev: number;
}

type Answer = { readonly commandId: string; readonly ok: boolean; readonly stored?: boolean };

/** How often the guard cares. */
const DILIGENCE = 0.3;

export class Guard {
  readonly #consumer: Consumer;
  readonly #prefix: string;
  readonly #random: Random;
  readonly #asked = new Map<string, Decision>();
  readonly #promised: Decision[] = [];
  #unsent = 0;
  #onDuty = true;

  constructor(consumer: Consumer, prefix: string, random: Random) {
    this.#consumer = consumer;
    this.#prefix = prefix;
    this.#random = random;
    consumer.onMessage((message) => this.#take(message));
  }

  /** Decides nothing any more. */
  stop(): void {
    this.#onDuty = false;
  }

  /** Whether the broker has taken every decision. */
  get isDone(): boolean {
    return this.#unsent === 0;
  }

  /** Decisions that were answered with: done, and on the disk. */
  get promised(): readonly Decision[] {
    return this.#promised;
  }

  #take({ topic, payload }: Message): void {
    if (payload === '') return;
    if (topic.startsWith(`${this.#prefix}/alarm/state/`)) this.#see(JSON.parse(payload) as AlarmRow);
    if (topic.startsWith(`${this.#prefix}/alarm/result/`)) this.#note(JSON.parse(payload) as Answer);
  }

  #see({ alarm, occurrenceId, rev, acked, letter }: AlarmRow): void {
    if (!this.#onDuty || this.#random() > DILIGENCE) return;
    if (!acked) this.#decide({ verb: 'ack', alarm, occurrenceId, rev });
    else if (letter === 'F') this.#decide({ verb: 'reset', alarm, occurrenceId, rev });
  }

  #decide({ verb, ...decision }: Decision): void {
    const commandId = `decision-${this.#asked.size + 1}`;
    this.#asked.set(commandId, { verb, ...decision });
    const payload = JSON.stringify({ commandId, ...decision, note: 'seen, and dealt with' });
    this.#unsent += 1;
    this.#consumer.client.publish(`${this.#prefix}/alarm/command/${verb}`, payload, { qos: 1 }, () => {
      this.#unsent -= 1;
    });
  }

  #note({ commandId, ok, stored }: Answer): void {
    const decision = this.#asked.get(commandId);
    if (decision && ok && stored === true) this.#promised.push(decision);
  }
}
