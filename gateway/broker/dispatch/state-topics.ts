/**
 * Retained topics that wait to be published: the latest row of each wins, and at most one message of each is in flight.
 * Bounded by the number of topics. A mark is cleared only when the message was accepted.
 */
export class StateTopics<Row> {
  readonly #waiting = new Map<string, Row>();
  readonly #inFlight = new Map<string, Row>();

  get waiting(): number {
    return this.#waiting.size;
  }

  get inFlight(): number {
    return this.#inFlight.size;
  }

  /** `row` is what `topic` is to say now. */
  mark(topic: string, row: Row): void {
    this.#waiting.set(topic, row);
  }

  /** Takes up to `limit` rows that may be sent now, longest waiting first; they are in flight from here. */
  take(limit: number, mayGo: (row: Row) => boolean = () => true): (readonly [topic: string, row: Row])[] {
    const taken: (readonly [string, Row])[] = [];
    for (const [topic, row] of this.#waiting) {
      if (taken.length >= limit) break;
      if (this.#inFlight.has(topic) || !mayGo(row)) continue;
      this.#waiting.delete(topic);
      this.#inFlight.set(topic, row);
      taken.push([topic, row]);
    }
    return taken;
  }

  /** The broker has accepted it, or will never. */
  settled(topic: string): void {
    this.#inFlight.delete(topic);
  }

  /** It may not have arrived: it waits again, unless something newer waits already. */
  lost(topic: string): void {
    const row = this.#inFlight.get(topic);
    this.#inFlight.delete(topic);
    if (row !== undefined && !this.#waiting.has(topic)) this.#waiting.set(topic, row);
  }
}
