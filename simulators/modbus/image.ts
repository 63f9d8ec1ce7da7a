/** What a Modbus device holds: four tables of addresses with their words. An address that is not there is illegal. */

export type Table = 'coil' | 'discrete' | 'input' | 'holding';

/** First and last address, both included. */
export type Range = readonly [from: number, to: number];

/** Start address → the words that follow it. A word is 0 to 65535; in a bit table 0 or 1. */
export type Words = Readonly<Record<number, readonly number[]>>;

export interface ImageSource {
  readonly coil?: Words;
  readonly discrete?: Words;
  readonly input?: Words;
  readonly holding?: Words;
  /** What a master may write. Nothing else is writable. */
  readonly writable?: { readonly coil?: readonly Range[]; readonly holding?: readonly Range[] };
}

export interface Image {
  /** Whether every address from `address` on is there. */
  has(table: Table, address: number, count: number): boolean;
  /** Whether a master may write every one of them. */
  writable(table: Table, address: number, count: number): boolean;
  /** Throws RangeError for an address that is not there: ask `has` first. */
  read(table: Table, address: number, count: number): number[];
  /** The device's own side: sets words, also those that a master may not write. Throws RangeError as `read` does. */
  put(table: Table, address: number, words: readonly number[]): void;
}

const TABLES: readonly Table[] = ['coil', 'discrete', 'input', 'holding'];

/** `length` words of `word`, for stretches of an image that hold the same. */
export function repeat(word: number, length: number): number[] {
  return new Array<number>(length).fill(word);
}

export function createImage(source: ImageSource): Image {
  const tables: Record<Table, Map<number, number>> = {
    coil: new Map(),
    discrete: new Map(),
    input: new Map(),
    holding: new Map(),
  };
  for (const table of TABLES) {
    for (const [start, words] of Object.entries(source[table] ?? {})) {
      words.forEach((word, i) => tables[table].set(Number(start) + i, word));
    }
  }

  const every = (address: number, count: number, holds: (at: number) => boolean): boolean => {
    for (let at = address; at < address + count; at++) if (!holds(at)) return false;
    return true;
  };
  const wordAt = (table: Table, address: number): number => {
    const word = tables[table].get(address);
    if (word === undefined) throw new RangeError(`${table} ${address} is not in this image`);
    return word;
  };

  return {
    has: (table, address, count) => every(address, count, (at) => tables[table].has(at)),
    writable(table, address, count) {
      if (table !== 'coil' && table !== 'holding') return false;
      const ranges = source.writable?.[table] ?? [];
      return every(address, count, (at) => ranges.some(([from, to]) => at >= from && at <= to));
    },
    read: (table, address, count) => Array.from({ length: count }, (_, i) => wordAt(table, address + i)),
    put(table, address, words) {
      words.forEach((word, i) => {
        wordAt(table, address + i);
        tables[table].set(address + i, word & 0xffff);
      });
    },
  };
}
