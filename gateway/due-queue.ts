/** What is due when: a binary heap by deadline, in which each item stands once and can be moved and taken out. Pure. */

interface Node<T> {
  readonly item: T;
  dueAt: number;
  /** Place in the heap. */
  index: number;
}

/** Times are of any one clock, as the caller has them. */
export class DueQueue<T> {
  readonly #nodes = new Map<T, Node<T>>();
  readonly #heap: Node<T>[] = [];

  has(item: T): boolean {
    return this.#nodes.has(item);
  }

  /** Adds it, or moves it to another time. */
  set(item: T, dueAt: number): void {
    const node = this.#nodes.get(item);
    if (node) {
      node.dueAt = dueAt;
      this.#up(node.index);
      this.#down(node.index);
      return;
    }
    const added = { item, dueAt, index: this.#heap.length };
    this.#nodes.set(item, added);
    this.#heap.push(added);
    this.#up(added.index);
  }

  delete(item: T): void {
    const node = this.#nodes.get(item);
    if (node) this.#take(node);
  }

  /** Those that wait, in no order. */
  items(): IterableIterator<T> {
    return this.#nodes.keys();
  }

  /** When the first is due; null when none waits. */
  nextDue(): number | null {
    return this.#heap[0]?.dueAt ?? null;
  }

  /** Takes out the first whose time has come; undefined where there is none. */
  take(now: number): T | undefined {
    const first = this.#heap[0];
    if (!first || first.dueAt > now) return undefined;
    this.#take(first);
    return first.item;
  }

  #take(node: Node<T>): void {
    this.#nodes.delete(node.item);
    const last = this.#heap.pop();
    if (!last || last === node) return;
    const { index } = node;
    this.#heap[index] = last;
    last.index = index;
    this.#up(index);
    this.#down(last.index);
  }

  #up(start: number): void {
    for (let index = start; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #down(start: number): void {
    for (let index = start; ;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = this.#isEarlier(right, left) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #isEarlier(a: number, b: number): boolean {
    const one = this.#heap[a];
    const other = this.#heap[b];
    return one !== undefined && (other === undefined || one.dueAt < other.dueAt);
  }

  /** Swaps when the one at `low` is due before the one at `high`. */
  #swapIfEarlier(low: number, high: number): boolean {
    const lower = this.#heap[low];
    const upper = this.#heap[high];
    if (!lower || !upper || lower.dueAt >= upper.dueAt) return false;
    this.#heap[low] = upper;
    this.#heap[high] = lower;
    upper.index = low;
    lower.index = high;
    return true;
  }
}
